// SPDX-License-Identifier: MIT OR GPL-2.0-only
#define pr_fmt(text) KBUILD_MODNAME ": " text
#include <linux/module.h>
#include <linux/proc_fs.h>

#include "tests/module/per_module/directory.h"

static struct proc_dir_entry *entry;

int directory_make(void) {
  entry = proc_mkdir(KBUILD_MODNAME, NULL);
  if (!entry) return -EEXIST;
  pr_info("/proc has %s\n", KBUILD_MODNAME);
  return 0;
}

void directory_remove(void) { proc_remove(entry); }
