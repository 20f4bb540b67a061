// libwebsockets as Swift sees it.
#ifndef AIMAGE_CLIBWEBSOCKETS_SHIM_H
#define AIMAGE_CLIBWEBSOCKETS_SHIM_H

#include <libwebsockets.h>
#include <linux/filter.h>
#include <malloc.h>
#include <string.h>
#include <sys/socket.h>

// Macros with casts or arithmetic that Swift does not import.
static const size_t aimage_lws_pre = LWS_PRE;
static const uint64_t aimage_lws_option_libuv = LWS_SERVER_OPTION_LIBUV;
static const uint64_t aimage_lws_option_validate_utf8 = LWS_SERVER_OPTION_VALIDATE_UTF8;
static const uint64_t aimage_lws_option_skip_canonical_name = LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME;
static const uint64_t aimage_lws_option_no_sigsegv_spin = LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN;
static const int aimage_lws_port_no_listen_server = CONTEXT_PORT_NO_LISTEN_SERVER;

// LWS_TO_KILL_SYNC is a macro. Closes the connection, not to be called from inside one of its callbacks; a reason given
// before (lws_close_reason) goes out as a close frame first.
static inline void aimage_lws_kill_now(struct lws *wsi) {
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

// malloc_trim is hidden from Swift (malloc.h is in no module). Gives memory that was freed back to the system.
static inline void aimage_release_free_memory(void) { malloc_trim(0); }

// Makes the kernel give new connections of a shared port (SO_REUSEPORT) to the listeners behind the first `older` ones,
// which are ours: those of a process that was started later. When there are none, the index is out of range, and the
// kernel falls back to its own choice. Best effort: without it, the gap is that of a plain close.
static inline void aimage_prefer_later_listeners(int socket, uint32_t older) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_RANDOM)),
        BPF_STMT(BPF_ALU | BPF_MOD | BPF_K, older),
        BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, older),
        BPF_STMT(BPF_RET | BPF_A, 0),
    };
    struct sock_fprog program = {.len = sizeof(code) / sizeof(code[0]), .filter = code};
    setsockopt(socket, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof(program));
}

#endif
