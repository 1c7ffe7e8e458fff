// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/mp11.hpp>

#include "tests/libraries/library.h"

namespace {

using Sizes = boost::mp11::mp_list_c<int, 1, 2, 4, 8>;

int answer() {
  int sum = 0;
  boost::mp11::mp_for_each<Sizes>([&sum](auto size) { sum += size; });
  return sum;
}

}  // namespace

KMOD_TEST_LIBRARY(answer() == 15);
