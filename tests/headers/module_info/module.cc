// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"

namespace {

class Widget {
 public:
  static kmod::Result<Widget> create() { return kmod::Result<Widget>(std::in_place); }
};

}  // namespace

KMOD_MODULE(Widget);
