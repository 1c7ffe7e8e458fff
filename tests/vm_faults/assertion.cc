// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// An assertion that does not hold: a BUG, or a warning after which the module goes on.
#include <cassert>

#include "kmod/module.h"
#include "kmod/parameter.h"
#include "kmod/print.h"

KMOD_PARAMETER(int, warns);

namespace {

void expect_even(int number) { assert(number % 2 == 0); }

#define KMOD_ASSERT_WARNS
#include <assert.h>

void prefer_even(int number) { assert(number % 2 == 0); }

class Assertion {
 public:
  static kmod::Result<Assertion> create() {
    if (warns() != 0) {
      prefer_even(warns());
      pr_info("went on\n");
    } else {
      expect_even(3);
    }
    return Assertion();
  }
};

}  // namespace

KMOD_MODULE(Assertion);
