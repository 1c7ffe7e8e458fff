// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/rcupdate.h>

void* probe(void);
void* probe(void) { return synchronize_sched; }
