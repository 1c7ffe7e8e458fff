// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"

namespace {

class ModuleClass {
 public:
  static kmod::Result<ModuleClass> create() { return kmod::Result<ModuleClass>(std::in_place); }
};

}  // namespace

KMOD_MODULE(ModuleClass);
