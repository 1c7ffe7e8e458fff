// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What assert() of the C library's <assert.h> does in a kernel; runtime/std/assert.h declares it.

#include <linux/bug.h>
#include <linux/printk.h>

#include "runtime/shim/print.h"

void kmod_assertion_failed(const char *condition, const char *file, int line);
void kmod_assertion_warns(const char *condition, const char *file, int line);

void kmod_assertion_failed(const char *condition, const char *file, int line) {
  printk(KERN_EMERG "%s: %s:%d: assertion failed: %s\n", kmod_module_name, file, line, condition);
  BUG();
}

void kmod_assertion_warns(const char *condition, const char *file, int line) {
  WARN(1, "%s: %s:%d: assertion failed: %s\n", kmod_module_name, file, line, condition);
}
