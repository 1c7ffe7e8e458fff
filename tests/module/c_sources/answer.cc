// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/module/c_sources/answer.h"

#include <shim_settings.h>

static_assert(SHIM_SETTING == 14 && SHIM_DEFINE == 15);

extern "C" int answer() { return 42; }
