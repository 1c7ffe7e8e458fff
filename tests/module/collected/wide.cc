// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/module/collected/wide.h"

namespace wide {

unsigned half(unsigned value) { return value / 2; }

unsigned __int128 quotient(unsigned __int128 value, unsigned __int128 by) { return value / by; }

}  // namespace wide
