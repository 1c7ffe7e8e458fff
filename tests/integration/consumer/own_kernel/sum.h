// SPDX-License-Identifier: MIT OR GPL-2.0-only
#pragma once

#include <span>

constexpr int sum(std::span<const int> numbers) {
  int total = 0;
  for (const int number : numbers) {
    total += number;
  }
  return total;
}
