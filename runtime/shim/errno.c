// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Holds no code: it stops the build where C++'s error numbers are not this kernel's. The compiler
// refuses a macro that is defined again with another value.

#include "runtime/std/errno.h"

#include <linux/errno.h>

#include "runtime/shim/errno_list.h"

#define KMOD_ASSERT_ERRNO(cpp_name, c_name, number) \
  _Static_assert(c_name == (number), "kmod::" #cpp_name " is not this kernel's " #c_name);
KMOD_ERRNO_LIST(KMOD_ASSERT_ERRNO)
