// SPDX-License-Identifier: MIT OR GPL-2.0-only
#define CREATE_TRACE_POINTS
#define pr_fmt(text) KBUILD_MODNAME ": " text
#include "tests/module/c_sources/shim.h"

#include <linux/printk.h>
#include <shim_settings.h>

#include "trace/events.h"

int shim_value(void) {
  trace_c_sources_hit(1);
  pr_info("the name of the library\n");
  return SHIM_DEFINE + SHIM_LOCAL;
}
