// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A variant of a function for newer processors, as libraries have them.
using Vector = int __attribute__((vector_size(32)));

[[gnu::target("avx2")]] void MultiplyAndAdd(Vector* out, const Vector* a, const Vector* b);

[[gnu::target("avx2")]] void MultiplyAndAdd(Vector* out, const Vector* a, const Vector* b) {
  *out = *a * *b + *out;
}
