// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"

namespace {

class Device {
 public:
  static kmod::Result<Device> create() { return kmod::Result<Device>(std::in_place); }
};

}  // namespace

KMOD_MODULE(Device);
