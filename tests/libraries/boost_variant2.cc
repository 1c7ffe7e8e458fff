// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <boost/variant2/variant.hpp>

#include "tests/libraries/library.h"

namespace {

struct Read {
  int size;
};
struct Seek {
  long offset;
};

long answer(boost::variant2::variant<Read, Seek> request) {
  struct Visitor {
    long operator()(const Read& read) const { return read.size; }
    long operator()(const Seek& seek) const { return -seek.offset; }
  };
  return visit(Visitor(), request);
}

}  // namespace

KMOD_TEST_LIBRARY(answer(Read{512}) == 512 && answer(Seek{7}) == -7);
