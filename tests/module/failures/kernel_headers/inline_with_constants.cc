// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A static inline function that the kernel's compiler only takes with constants.
#include <linux/bitfield.h>

unsigned int Field(unsigned int value) { return u32_get_bits(value, 0xf0); }
