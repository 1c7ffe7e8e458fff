// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/proc_fs.h>

struct proc_ops probe;
