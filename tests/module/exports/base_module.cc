// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"
#include "tests/module/exports/base.h"

namespace {

class Base {
 public:
  static kmod::Result<Base> create() { return kmod::Result<Base>(std::in_place); }

  ~Base() { pr_info("%d calls\n", base_calls); }
};

}  // namespace

KMOD_MODULE(Base);
