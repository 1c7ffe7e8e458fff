// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// An instruction of XOP, as in a library with variants for several processors.
void MultiplyAndAdd();

void MultiplyAndAdd() { asm volatile("vpmacsdd %%xmm0, %%xmm0, %%xmm0, %%xmm1" ::: "memory"); }
