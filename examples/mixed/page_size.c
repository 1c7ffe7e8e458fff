// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "examples/mixed/page_size.h"

#include <linux/mm.h>

unsigned long mixed_page_size(void) { return PAGE_SIZE; }
