// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "tests/vm_faults/demo/ring.h"

namespace {

class TemplateCrash {
 public:
  static kmod::Result<TemplateCrash> create() {
    demo::Ring<int, 4> ring(nullptr);
    demo::fill(ring, 7, 3);  // calls the template
    return kmod::Result<TemplateCrash>(std::in_place);
  }
};

}  // namespace

KMOD_MODULE(TemplateCrash);
