// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <array>

#include "kmod/module.h"
#include "kmod/print.h"
#include "own_kernel/sum.h"

class Adder {
 public:
  static kmod::Result<Adder> create() {
    constexpr std::array numbers = {40, 2};
    pr_info("the sum is %d\n", sum(numbers));
    return kmod::Result<Adder>(std::in_place);
  }
};

KMOD_MODULE(Adder);
