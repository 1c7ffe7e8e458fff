// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <gsl/gsl>

#include "tests/libraries/library.h"

namespace {

int last(gsl::span<const int> numbers) {
  int result = 0;
  const auto at_end = gsl::finally([&result] { result += 1; });
  return result + numbers[numbers.size() - 1] + gsl::narrow_cast<int>(numbers.size());
}

bool works() {
  const int numbers[] = {3, 5, 8};
  const gsl::not_null<const int*> first = numbers;
  return last(numbers) == 11 && *first == 3;
}

}  // namespace

KMOD_TEST_LIBRARY(works());
