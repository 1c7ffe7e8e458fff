// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Adds two vectors in an SSE register when the module is loaded.
#include <asm/fpu/api.h>

#include <array>
#include <utility>

#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

using Vector = std::array<int, 4>;

// Context: between kernel_fpu_begin() and kernel_fpu_end().
void Add(Vector& sum, const Vector& a, const Vector& b) {
  asm volatile(
      "movups (%1), %%xmm0\n\t"
      "movups (%2), %%xmm1\n\t"
      "paddd %%xmm1, %%xmm0\n\t"
      "movups %%xmm0, (%0)" ::"r"(sum.data()),
      "r"(a.data()), "r"(b.data())
      : "memory");
}

class Sum {
 public:
  static kmod::Result<Sum> create() {
    const Vector a = {10, 20, 30, 40};
    const Vector b = {1, 2, 3, 4};
    Vector sum = {};
    kernel_fpu_begin();
    Add(sum, a, b);
    kernel_fpu_end();
    pr_info("%d %d %d %d and %d %d %d %d are %d %d %d %d\n", a[0], a[1], a[2], a[3], b[0], b[1],
            b[2], b[3], sum[0], sum[1], sum[2], sum[3]);
    return kmod::Result<Sum>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(Sum);
