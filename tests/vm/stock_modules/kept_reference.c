// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Leaves a reference to configfs, which then can never be unloaded.
#include <linux/configfs.h>
#include <linux/fs.h>
#include <linux/module.h>

static struct config_group group;

static int __init kept_reference_start(void) {
  config_group_init(&group);
  return get_fs_type("configfs") ? 0 : -ENOENT;
}

static void __exit kept_reference_end(void) {}

module_init(kept_reference_start);
module_exit(kept_reference_end);
MODULE_DESCRIPTION("Leaves a reference to a module of the kernel");
MODULE_LICENSE("GPL");
