// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.text
SYM_FUNC_START(faulty)
	stac
	call	callee
	clac
	RET
SYM_FUNC_END(faulty)

SYM_FUNC_START(callee)
	RET
SYM_FUNC_END(callee)
