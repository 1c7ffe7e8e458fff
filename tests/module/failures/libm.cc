// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A variant for newer processors, compiled for the kernel by mistake.
using Vector = double __attribute__((vector_size(16)));

void MultiplyAndAdd(Vector* to, const Vector* left, const Vector* right);

[[gnu::target("fma4")]] void MultiplyAndAdd(Vector* to, const Vector* left, const Vector* right) {
  *to = *left * *right + *to;
}
