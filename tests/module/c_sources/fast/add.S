/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#include <linux/linkage.h>

#ifndef ASSEMBLER_FLAG
#error "asflags are missing."
#endif

SYM_FUNC_START(fast_add)
	leal (%rdi,%rsi), %eax
	RET
SYM_FUNC_END(fast_add)
