// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"

namespace {

#ifdef __CET__
constexpr int kBranchTracking = __CET__ & 1;
#else
constexpr int kBranchTracking = 0;
#endif

class Flags {
 public:
  static kmod::Result<Flags> create() {
    pr_info("branch tracking is %d\n", kBranchTracking);
    return kmod::Result<Flags>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(Flags);
