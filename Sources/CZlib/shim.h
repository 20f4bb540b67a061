// zlib as Swift sees it.
#ifndef AIMAGE_CZLIB_SHIM_H
#define AIMAGE_CZLIB_SHIM_H

// Without the system's headers, which Swift would else look for in this module as well as in Glibc.
#define Z_SOLO
#include <zlib.h>

// Macro: Swift does not import expressions made of function-like macros. The 16 asks for gzip's header and trailer.
static inline int aimage_gzip_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
