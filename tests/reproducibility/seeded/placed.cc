// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"
#include "tests/reproducibility/seeded/build_path.h"

class Placed {
 public:
  static kmod::Result<Placed> create() {
    pr_info("built in %s\n", BUILD_PATH);
    return kmod::Result<Placed>(std::in_place);
  }
};

KMOD_MODULE(Placed);
