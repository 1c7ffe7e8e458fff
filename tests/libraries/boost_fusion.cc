// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/fusion/include/at_c.hpp>
#include <boost/fusion/include/for_each.hpp>
#include <boost/fusion/include/vector.hpp>

#include "tests/libraries/library.h"

namespace {

int sum() {
  const boost::fusion::vector<int, long, char> values(1, 20, 'd');
  long total = 0;
  boost::fusion::for_each(values, [&total](auto value) { total += value; });
  return int(total) - boost::fusion::at_c<2>(values);
}

}  // namespace

KMOD_TEST_LIBRARY(sum() == 21);
