// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "value.h"

int plain_value(void) { return PLAIN_BASE + PLAIN_LEVEL; }
