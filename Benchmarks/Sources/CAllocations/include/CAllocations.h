// Counts what a piece of code takes from the heap.
//
// The functions of malloc(3) are replaced by ones that count while counting is on, for the whole program: glibc looks
// for these names in the program first, and keeps its own under `__libc_…`.

#pragma once

#include <stddef.h>

/// What was taken since allocations_start().
typedef struct {
    /// Calls of malloc, calloc, realloc and their kin.
    size_t count;
    /// The most bytes that were held at once, beyond what was held at the start.
    size_t peak_bytes;
} allocations;

/// Begins to count, from zero.
void allocations_start(void);

/// Ends counting.
allocations allocations_stop(void);
