#define _GNU_SOURCE
#include "CAllocations.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static atomic_bool is_counting;
static atomic_size_t call_count;
static atomic_long held_bytes;
static atomic_long peak_bytes;

static void *taken(void *memory) {
    if (atomic_load_explicit(&is_counting, memory_order_relaxed) && memory) {
        call_count++;
        long held = atomic_fetch_add(&held_bytes, (long)malloc_usable_size(memory)) + (long)malloc_usable_size(memory);
        long peak = peak_bytes;
        while (held > peak && !atomic_compare_exchange_weak(&peak_bytes, &peak, held)) {}
    }
    return memory;
}

static void given_back(void *memory) {
    if (atomic_load_explicit(&is_counting, memory_order_relaxed) && memory) {
        held_bytes -= (long)malloc_usable_size(memory);
    }
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return taken(__libc_calloc(count, size)); }

void *realloc(void *memory, size_t size) {
    given_back(memory);
    return taken(__libc_realloc(memory, size));
}

void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    void *found = taken(__libc_memalign(alignment, size));
    if (!found) return ENOMEM;
    *memory = found;
    return 0;
}

void free(void *memory) {
    given_back(memory);
    __libc_free(memory);
}

void allocations_start(void) {
    call_count = 0;
    held_bytes = 0;
    peak_bytes = 0;
    is_counting = true;
}

allocations allocations_stop(void) {
    is_counting = false;
    return (allocations){call_count, (size_t)peak_bytes};
}
