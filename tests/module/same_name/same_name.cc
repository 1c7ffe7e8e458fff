// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"

namespace {

class SameName {
 public:
  static kmod::Result<SameName> create() {
#ifdef SAME_NAME_DEBUG
    pr_info("with details\n");
#endif
    pr_info("ready\n");
    return kmod::Result<SameName>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(SameName);
