// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.section .text.undecodable, "ax"
SYM_FUNC_START(faulty)
	RET
	.byte	0xe8
SYM_FUNC_END(faulty)
