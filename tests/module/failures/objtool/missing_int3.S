// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/linkage.h>
#include <asm/nospec-branch.h>

	.text
	.globl	faulty
	.type	faulty, @function
faulty:
	ret
	.size	faulty, . - faulty
