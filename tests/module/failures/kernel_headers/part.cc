// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A header that the kernel has only for another one.
#include <linux/fortify-string.h>
