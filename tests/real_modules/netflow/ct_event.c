// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <net/netfilter/nf_conntrack_ecache.h>

typeof(((struct nf_ct_event_notifier*)0)->ct_event) probe;
