/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The kernel's allocator as C++ sees it. */
#ifndef RUNTIME_SHIM_ALLOC_H_
#define RUNTIME_SHIM_ALLOC_H_

/*
 * What an allocation may do, as kmod::Gfp. The numbers are those of Linux 5.10 to 6.3, so that
 * there the translation in alloc.c costs nothing; alloc.c turns them into the compiled kernel's
 * own.
 */
#define KMOD_GFP_KERNEL 0xcc0u
#define KMOD_GFP_KERNEL_ACCOUNT 0x400cc0u
#define KMOD_GFP_ATOMIC 0xa20u
#define KMOD_GFP_NOWAIT 0x800u
#define KMOD_GFP_NOIO 0xc00u
#define KMOD_GFP_NOFS 0xc40u

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
