// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <range/v3/algorithm/sort.hpp>
#include <range/v3/numeric/accumulate.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/stride.hpp>
#include <range/v3/view/transform.hpp>

#include "tests/libraries/library.h"

namespace {

int answer() {
  int numbers[] = {6, 1, 4, 3, 2, 5};
  ranges::sort(numbers);
  auto even = numbers | ranges::views::filter([](int number) { return number % 2 == 0; }) |
              ranges::views::transform([](int number) { return number * number; });
  return ranges::accumulate(even, 0) + ranges::accumulate(numbers | ranges::views::stride(3), 0);
}

}  // namespace

KMOD_TEST_LIBRARY(answer() == 4 + 16 + 36 + 1 + 4);
