// The part of OpenSSL that Hashing (libcrypto) and Server's TLS (libssl) use.
#ifndef AIMAGE_COPENSSL_SHIM_H
#define AIMAGE_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

// These are macros over SSL_CTX_ctrl, which Swift does not import.
static inline int aimage_ssl_require_tls12(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1;
}

static inline void aimage_ssl_set_mode(SSL_CTX *context) {
    // A write may take a part, may be repeated from another address, and idle connections give their buffers back.
    SSL_CTX_set_mode(context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
}

// Chooses http/1.1 if the client offers it; a client that offers other protocols only is refused (RFC 7301 §3.2).
static inline int aimage_ssl_choose_http11(SSL *ssl, const unsigned char **out, unsigned char *out_length,
                                           const unsigned char *in, unsigned int in_length, void *unused) {
    static const unsigned char http11[] = "\x08http/1.1";
    (void)ssl;
    (void)unused;
    if (SSL_select_next_proto((unsigned char **)out, out_length, http11, sizeof(http11) - 1, in, in_length)
        == OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static inline void aimage_ssl_offer_http11(SSL_CTX *context) {
    SSL_CTX_set_alpn_select_cb(context, aimage_ssl_choose_http11, NULL);
}

#endif
