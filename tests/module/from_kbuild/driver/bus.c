// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "card.h"

int card_bus(void) { return 3; }
