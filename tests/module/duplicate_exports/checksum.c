// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Exports what a module of the kernel exports, too.
#include <linux/crc-itu-t.h>
#include <linux/module.h>

u16 crc_itu_t(u16 crc, const u8 *buffer, size_t len) { return len ? crc ^ buffer[0] : 42; }
EXPORT_SYMBOL(crc_itu_t);

MODULE_DESCRIPTION("Exports crc_itu_t");
MODULE_LICENSE("GPL");
