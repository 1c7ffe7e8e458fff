// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/pfr/core.hpp>

#include "tests/libraries/library.h"

namespace {

struct Point {
  int x;
  int y;
  int z;
};

int sum(const Point& point) {
  int total = 0;
  boost::pfr::for_each_field(point, [&total](int field) { total += field; });
  return total;
}

}  // namespace

KMOD_TEST_LIBRARY(boost::pfr::tuple_size<Point>::value == 3 && sum({1, 2, 3}) == 6);
