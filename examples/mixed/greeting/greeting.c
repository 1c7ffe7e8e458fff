// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "greeting/greeting.h"

#include <linux/printk.h>

void greet(void) { pr_info("mixed: hello from C\n"); }
