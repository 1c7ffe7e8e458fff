// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Inline assembler needs no flag to use a vector register.
void Copy16(void* to, const void* from);

void Copy16(void* to, const void* from) {
  asm volatile("movups (%0), %%xmm0\n\tmovups %%xmm0, (%1)" ::"r"(from), "r"(to) : "memory");
}
