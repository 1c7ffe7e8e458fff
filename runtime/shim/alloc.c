// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// In C, because kmalloc() is an inline function, and since Linux 6.10 a macro.

#include "runtime/shim/alloc.h"

#include <linux/slab.h>

void *kmod_kmalloc(unsigned long size, unsigned int gfp) {
  return kmalloc(size, (__force gfp_t)gfp);
}
