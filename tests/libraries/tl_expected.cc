// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <tl/expected.hpp>

#include "tests/libraries/library.h"

namespace {

tl::expected<int, int> parse(int digit) {
  if (digit > 9) return tl::make_unexpected(22);
  return digit;
}

}  // namespace

KMOD_TEST_LIBRARY(parse(4).map([](int digit) { return digit * 2; }).value_or(0) == 8 &&
                  parse(10).error() == 22);
