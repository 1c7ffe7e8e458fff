// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/hana.hpp>

#include "tests/libraries/library.h"

namespace {

int answer(int factor) {
  return boost::hana::fold(boost::hana::make_tuple(1, 2L, 'c'), 0,
                           [factor](int sum, auto value) { return sum + factor * int(value); });
}

}  // namespace

KMOD_TEST_LIBRARY(answer(2) == 2 * (1 + 2 + 'c'));
