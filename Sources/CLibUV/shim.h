// libuv as Swift sees it. No macro and no variadic function of libuv itself is needed.
#ifndef AIMAGE_CLIBUV_SHIM_H
#define AIMAGE_CLIBUV_SHIM_H

#include <sys/prctl.h>
#include <uv.h>

// prctl is variadic, and pthread_setname_np is hidden from Swift (GNU only). Names the calling thread (15 bytes).
static inline void aimage_name_this_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}

#endif
