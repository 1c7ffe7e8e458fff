// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/netfilter_ipv4/ip_tables.h>

void* probe(void);
void* probe(void) { return xt_family; }
