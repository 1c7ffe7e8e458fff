// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/if_vlan.h>

struct vlan_dev_priv probe;
