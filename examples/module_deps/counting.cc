// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "examples/module_deps/counter.h"
#include "kmod/module.h"
#include "kmod/print.h"

namespace {

class Counting {
 public:
  static kmod::Result<Counting> create() {
    const int first = counter_next();
    pr_info("%d, %d\n", first, counter_next());
    return kmod::Result<Counting>(std::in_place);
  }

  ~Counting() { pr_info("bye\n"); }
};

}  // namespace

KMOD_MODULE(Counting);
