// The part of OpenSSL's libcrypto that Hashing uses. All of it are functions of fixed arity, so there is no shim.
#ifndef AIMAGE_COPENSSL_SHIM_H
#define AIMAGE_COPENSSL_SHIM_H

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#endif
