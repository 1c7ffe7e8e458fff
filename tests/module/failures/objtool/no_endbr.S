// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.text
	.type	target, @function
target:
	RET
	.size	target, . - target

SYM_FUNC_START(faulty)
	movq	$target, %rax
	RET
SYM_FUNC_END(faulty)
