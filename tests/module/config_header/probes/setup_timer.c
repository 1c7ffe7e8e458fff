// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/timer.h>

void probe(struct timer_list *timer);

void probe(struct timer_list *timer) { setup_timer(timer, NULL, 0); }
