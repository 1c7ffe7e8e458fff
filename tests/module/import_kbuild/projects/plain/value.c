// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "value.h"

int plain_value(void) { return 4 + PLAIN_LEVEL; }
