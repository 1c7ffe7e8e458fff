// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"
#include "tests/module/collected/wide.h"

namespace {

class Collected {
 public:
  static kmod::Result<Collected> create() {
    pr_info("half of 8 is %u\n", wide::half(8));
    return kmod::Result<Collected>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(Collected);
