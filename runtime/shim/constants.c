// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What C++ must know of the kernel without its headers. The compiled variables become the macros of
// kmod/kernel_constants.h. The assertions stop the build where C++'s error numbers or levels of
// messages are not this kernel's; the compiler refuses a macro that is defined again with another
// value.

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kern_levels.h>
#include <linux/slab.h>

#include "runtime/shim/errno_list.h"
#include "runtime/shim/print.h"
#include "runtime/std/errno.h"

#define KMOD_GFP(name, flags) \
  const unsigned int kmod_constant_KMOD_GFP_##name = (__force unsigned int)(flags)
KMOD_GFP(KERNEL, GFP_KERNEL);
KMOD_GFP(KERNEL_ACCOUNT, GFP_KERNEL_ACCOUNT);
KMOD_GFP(ATOMIC, GFP_ATOMIC);
KMOD_GFP(NOWAIT, GFP_NOWAIT);
KMOD_GFP(NOIO, GFP_NOIO);
KMOD_GFP(NOFS, GFP_NOFS);

// What kmod/alloc.h and the toolchain's -fnew-alignment rest on.
_Static_assert(ARCH_KMALLOC_MINALIGN >= 8, "kmalloc() aligns less than -fnew-alignment=8 promises");

#define KMOD_ASSERT_ERRNO(cpp_name, c_name, number) \
  _Static_assert(c_name == (number), "kmod::" #cpp_name " is not this kernel's " #c_name);
KMOD_ERRNO_LIST(KMOD_ASSERT_ERRNO)

#define KMOD_ASSERT_LEVEL(level)                                                         \
  _Static_assert(sizeof(KMOD_##level) == sizeof(level) && KMOD_##level[0] == level[0] && \
                     KMOD_##level[1] == level[1],                                        \
                 "kmod/print.h's level is not this kernel's " #level)
KMOD_ASSERT_LEVEL(KERN_EMERG);
KMOD_ASSERT_LEVEL(KERN_ALERT);
KMOD_ASSERT_LEVEL(KERN_CRIT);
KMOD_ASSERT_LEVEL(KERN_ERR);
KMOD_ASSERT_LEVEL(KERN_WARNING);
KMOD_ASSERT_LEVEL(KERN_NOTICE);
KMOD_ASSERT_LEVEL(KERN_INFO);
KMOD_ASSERT_LEVEL(KERN_DEBUG);
