// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "runtime/shim/bug.h"

#include <linux/bug.h>
#include <linux/printk.h>

#include "runtime/shim/print.h"

void kmod_bug(const char *what) {
  printk(KERN_EMERG "%s: %s\n", kmod_module_name, what);
  BUG();
}
