/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#include <linux/linkage.h>

SYM_FUNC_START(read_jiffies)
	movq jiffies@GOTPCREL(%rip), %rax
	movq (%rax), %rax
	RET
SYM_FUNC_END(read_jiffies)
