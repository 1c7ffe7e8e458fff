// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "add.h"

int fast_file(void) { return FILE_ONLY; }
