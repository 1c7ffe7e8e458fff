// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.text
SYM_FUNC_START(faulty)
	RET
	movl	$1, %eax
	RET
SYM_FUNC_END(faulty)
