// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Makes the directory config_group in configfs, which is a module in Debian's kernels.
#include <linux/configfs.h>
#include <linux/module.h>

static const struct config_item_type group_type = {.ct_owner = THIS_MODULE};

static struct configfs_subsystem subsystem = {
    .su_group = {.cg_item = {.ci_namebuf = "config_group", .ci_type = &group_type}},
};

static int __init config_group_start(void) {
  int error;

  config_group_init(&subsystem.su_group);
  mutex_init(&subsystem.su_mutex);
  error = configfs_register_subsystem(&subsystem);
  if (!error) pr_info("config_group: ready\n");
  return error;
}

static void __exit config_group_end(void) {
  configfs_unregister_subsystem(&subsystem);
  pr_info("config_group: bye\n");
}

module_init(config_group_start);
module_exit(config_group_end);
MODULE_DESCRIPTION("Uses symbols of a module of the kernel itself");
MODULE_LICENSE("Dual MIT/GPL");
