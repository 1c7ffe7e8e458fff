// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A parameter that only its callback knows.
#include <linux/moduleparam.h>

static int set_level(const char* value, const struct kernel_param* parameter) {
  pr_info("declarations: level %s\n", value);
  return 0;
}

static const struct kernel_param_ops level_ops = {.set = set_level};

module_param_cb(level, &level_ops, NULL, 0200);
