/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The kernel's allocator as C++ sees it. */
#ifndef RUNTIME_SHIM_ALLOC_H_
#define RUNTIME_SHIM_ALLOC_H_

#ifdef __cplusplus
extern "C" {
#endif

/* kmalloc(): null if no memory is available. Context: see kmod::Gfp. `size` is in bytes and may be
 * zero. */
void *kmod_kmalloc(unsigned long size, unsigned int gfp);

/* The kernel's own kfree(); every supported version exports it. Null is legal. Not from NMI.
 * NOLINTNEXTLINE(readability-*): code that includes the kernel's headers sees it twice. */
void kfree(const void *memory);

#ifdef __cplusplus
}
#endif

#endif /* RUNTIME_SHIM_ALLOC_H_ */
