// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's allocator as Rust sees it: its functions are macros or inline in some kernels.

#include <linux/slab.h>

_Static_assert(ARCH_KMALLOC_MINALIGN >= 8, "kmalloc() aligns less than allocator.rs assumes");

void *kmod_rust_allocate(void *memory, size_t size, bool zero);

// One function for all, because each costs a module a quarter of a kilobyte: without memory,
// krealloc() is kmalloc().
void *kmod_rust_allocate(void *memory, size_t size, bool zero) {
  return krealloc(memory, size, zero ? GFP_KERNEL | __GFP_ZERO : GFP_KERNEL);
}
