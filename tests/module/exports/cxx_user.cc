// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Calls from C++ what C++ exports.
#include "kmod/module.h"
#include "kmod/print.h"
#include "tests/module/exports/base.h"

namespace {

class User {
 public:
  static kmod::Result<User> create() {
    const pair numbers = {.left = 30, .right = 40};
    pr_info("%d\n", base_sum(&numbers));
    return kmod::Result<User>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(User);
