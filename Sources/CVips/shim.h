// libvips for Swift: Sources/Imaging is the only importer.
// Swift cannot call C variadics and cannot see function-like macros; each shim below stands for exactly one of them.
// There is no logic here: fixed-arity, typed, and it returns what libvips returned (0 or -1).
#ifndef AIMAGE_CVIPS_SHIM_H
#define AIMAGE_CVIPS_SHIM_H

#include <vips/vips.h>
#include <vips/vector.h>

// Macro: VIPS_INIT adds the ABI check to vips_init.
static inline int cvips_init(const char *name) { return VIPS_INIT(name); }

// Macro casts of GObject.
static inline void cvips_unref(VipsImage *image) { g_object_unref(image); }
static inline void cvips_free(void *memory) { g_free(memory); }

// Variadic: loaders, with their options fixed by the caller. Pages other than the first are never asked for.
static inline int cvips_pngload_buffer(const void *bytes, size_t count, VipsImage **out) {
    return vips_pngload_buffer((void *) bytes, count, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_jpegload_buffer(const void *bytes, size_t count, int shrink, VipsImage **out) {
    return vips_jpegload_buffer((void *) bytes, count, out, "shrink", shrink, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_webpload_buffer(const void *bytes, size_t count, VipsImage **out) {
    return vips_webpload_buffer((void *) bytes, count, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_gifload_buffer(const void *bytes, size_t count, VipsImage **out) {
    return vips_gifload_buffer((void *) bytes, count, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_tiffload_buffer(const void *bytes, size_t count, VipsImage **out) {
    return vips_tiffload_buffer((void *) bytes, count, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_tiffload(const char *path, VipsImage **out) {
    return vips_tiffload(path, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_pngload(const char *path, VipsImage **out) {
    return vips_pngload(path, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_jpegload(const char *path, int shrink, VipsImage **out) {
    return vips_jpegload(path, out, "shrink", shrink, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_webpload(const char *path, VipsImage **out) {
    return vips_webpload(path, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}
static inline int cvips_gifload(const char *path, VipsImage **out) {
    return vips_gifload(path, out, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

// Variadic: savers. They allocate the result with g_malloc; free it with cvips_free.
static inline int cvips_pngsave_buffer(VipsImage *in, void **bytes, size_t *count, int compression) {
    return vips_pngsave_buffer(in, bytes, count, "compression", compression, "strip", TRUE, NULL);
}
static inline int cvips_jpegsave_buffer(VipsImage *in, void **bytes, size_t *count, int quality) {
    return vips_jpegsave_buffer(in, bytes, count, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, NULL);
}

// Variadic: geometry.
static inline int cvips_autorot(VipsImage *in, VipsImage **out) { return vips_autorot(in, out, NULL); }
static inline int cvips_extract_area(VipsImage *in, VipsImage **out, int left, int top, int width, int height) {
    return vips_extract_area(in, out, left, top, width, height, NULL);
}
static inline int cvips_mirror(VipsImage *in, VipsImage **out) {
    return vips_flip(in, out, VIPS_DIRECTION_HORIZONTAL, NULL);
}
static inline int cvips_resize(VipsImage *in, VipsImage **out, double horizontal, double vertical) {
    return vips_resize(in, out, horizontal, "vscale", vertical, NULL);
}

// Variadic: colour and bands.
static inline int cvips_to_srgb(VipsImage *in, VipsImage **out) {
    return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
}
static inline int cvips_to_brightness(VipsImage *in, VipsImage **out) {
    return vips_colourspace(in, out, VIPS_INTERPRETATION_B_W, NULL);
}
static inline int cvips_icc_to_srgb(VipsImage *in, VipsImage **out) {
    return vips_icc_transform(in, out, "srgb", "embedded", TRUE, NULL);
}
static inline int cvips_mark(VipsImage *in, VipsImage **out, VipsInterpretation interpretation) {
    return vips_copy(in, out, "interpretation", interpretation, NULL);
}
static inline int cvips_premultiply(VipsImage *in, VipsImage **out) { return vips_premultiply(in, out, NULL); }
static inline int cvips_unpremultiply(VipsImage *in, VipsImage **out) { return vips_unpremultiply(in, out, NULL); }
static inline int cvips_cast_uchar(VipsImage *in, VipsImage **out) {
    return vips_cast(in, out, VIPS_FORMAT_UCHAR, NULL);
}
static inline int cvips_extract_bands(VipsImage *in, VipsImage **out, int first, int count) {
    return vips_extract_band(in, out, first, "n", count, NULL);
}

// Variadic: normalised correlation of a template with every place of a picture.
static inline int cvips_spcor(VipsImage *in, VipsImage *reference, VipsImage **out) {
    return vips_spcor(in, reference, out, NULL);
}

// Variadic: weighted sums under a mask at every place, in floating point.
static inline int cvips_convolve(VipsImage *in, VipsImage *mask, VipsImage **out) {
    return vips_conv(in, out, mask, "precision", VIPS_PRECISION_FLOAT, NULL);
}
static inline int cvips_multiply(VipsImage *first, VipsImage *second, VipsImage **out) {
    return vips_multiply(first, second, out, NULL);
}

// Macro: the name under which libvips keeps an embedded colour profile.
static inline const char *cvips_icc_name(void) { return VIPS_META_ICC_NAME; }

#endif
