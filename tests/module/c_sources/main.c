// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>
#include <settings.h>
#include <shim_settings.h>

#include "fast/add.h"
#include "shim.h"
#include "template.c"
#include "tests/module/c_sources/answer.h"
#include "trace/events.h"

static const int table[] = {
#include "table.inc"
};

#ifndef FORCED
#error "The option -include is missing."
#endif
#ifndef WITH_TEXT
#error "The define with a space is missing."
#endif
#ifdef FILE_ONLY
#error "The flags of another file are here."
#endif

static int __init c_sources_init(void) {
  trace_c_sources_hit(table[1]);
  pr_info("text: %s\n", WITH_TEXT);
  pr_info("settings: %d %d %d\n", SETTING, FORCED, LOCAL);
  pr_info("shim: %d %d\n", SHIM_SETTING, SHIM_DEFINE);
  pr_info("textual: %d %d\n", from_template(), table[2]);
  pr_info("assembler: %d\n", fast_add(2, 3));
  pr_info("file: %d\n", fast_file());
  pr_info("prebuilt: %d\n", shim_value());
  pr_info("C++: %d\n", answer());
  return 0;
}

static void __exit c_sources_exit(void) {}

module_init(c_sources_init);
module_exit(c_sources_exit);
MODULE_DESCRIPTION("Uses each option for C");
MODULE_LICENSE("Dual MIT/GPL");
