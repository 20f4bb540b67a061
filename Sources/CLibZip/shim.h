// libzip as Swift sees it.
#ifndef AIMAGE_CLIBZIP_SHIM_H
#define AIMAGE_CLIBZIP_SHIM_H

#include <zip.h>

// Macro: Swift does not import expressions made of function-like macros.
static inline zip_int64_t aimage_zip_source_supports_readable(void) {
    return ZIP_SOURCE_SUPPORTS_READABLE;
}

#endif
