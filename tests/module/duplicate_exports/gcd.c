// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Exports what the kernel itself exports.
#include <linux/module.h>

unsigned long gcd(unsigned long a, unsigned long b);
unsigned long gcd(unsigned long a, unsigned long b) { return b ? gcd(b, a % b) : a; }
EXPORT_SYMBOL_GPL(gcd);

MODULE_DESCRIPTION("Exports gcd");
MODULE_LICENSE("GPL");
