// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "runtime/shim/alloc.h"

#include <linux/slab.h>

// What kmod/alloc.h and the toolchain's -fnew-alignment rest on.
_Static_assert(ARCH_KMALLOC_MINALIGN >= 8, "kmalloc() aligns less than -fnew-alignment=8 promises");

// Kernels move the bits of gfp_t: 6.4 dropped __GFP_ATOMIC, 6.12 has __GFP_NOWARN in GFP_NOWAIT.
// Where both sides are equal the compiler drops the comparison.
static gfp_t kmod_gfp(unsigned int gfp) {
  if (gfp == KMOD_GFP_KERNEL) return GFP_KERNEL;
  if (gfp == KMOD_GFP_KERNEL_ACCOUNT) return GFP_KERNEL_ACCOUNT;
  if (gfp == KMOD_GFP_ATOMIC) return GFP_ATOMIC;
  if (gfp == KMOD_GFP_NOWAIT) return GFP_NOWAIT;
  if (gfp == KMOD_GFP_NOIO) return GFP_NOIO;
  if (gfp == KMOD_GFP_NOFS) return GFP_NOFS;
  return (__force gfp_t)gfp;
}

void *kmod_kmalloc(unsigned long size, unsigned int gfp) { return kmalloc(size, kmod_gfp(gfp)); }
