// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/optional.hpp>

#include "tests/libraries/library.h"

namespace {

boost::optional<int> half(int number) {
  if (number % 2 != 0) return boost::none;
  return number / 2;
}

}  // namespace

KMOD_TEST_LIBRARY(half(8).value_or(0) == 4 && !half(7));
