// SPDX-License-Identifier: MIT OR GPL-2.0-only
int Unbalanced(int value);

int Unbalanced(int value) {
  asm volatile("push %%rax" ::: "memory");
  return value + 1;
}
