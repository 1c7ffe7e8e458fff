// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <algorithm>
#include <boost/container/static_vector.hpp>

#include "tests/libraries/library.h"

namespace {

int answer() {
  boost::container::static_vector<int, 8> numbers = {5, 3, 9};
  numbers.push_back(1);
  std::ranges::sort(numbers);
  numbers.erase(numbers.begin());
  return numbers.front() * 10 + int(numbers.size());
}

}  // namespace

KMOD_TEST_LIBRARY(answer() == 33);
