// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "own_kernel/sum.h"

#include <array>

int main() {
  constexpr std::array numbers = {1, 2, 3};
  return sum(numbers) == 6 && sum({}) == 0 ? 0 : 1;
}
