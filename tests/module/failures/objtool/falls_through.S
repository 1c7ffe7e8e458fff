// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.text
	.globl	faulty
	.type	faulty, @function
faulty:
	movl	$1, %eax
	.size	faulty, . - faulty

SYM_FUNC_START(next)
	RET
SYM_FUNC_END(next)
