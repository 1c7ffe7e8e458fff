// SPDX-License-Identifier: MIT OR GPL-2.0-only
#define CREATE_TRACE_POINTS
#include "tests/module/c_sources/shim.h"

#include <shim_settings.h>

#include "trace/events.h"

int shim_value(void) {
  trace_c_sources_hit(1);
  return SHIM_DEFINE + SHIM_LOCAL;
}
