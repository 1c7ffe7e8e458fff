// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/module.h"
#include "kmod/print.h"
#include "tests/module/per_module/directory.h"

namespace {

class DirectoryOwner {
 public:
  static kmod::Result<DirectoryOwner> create() {
    if (const int error = directory_make(); error != 0) {
      return std::unexpected(kmod::Errno::from_return(error));
    }
    pr_info("ready\n");
    return kmod::Result<DirectoryOwner>(std::in_place);
  }
  DirectoryOwner() = default;
  DirectoryOwner(const DirectoryOwner&) = delete;
  DirectoryOwner& operator=(const DirectoryOwner&) = delete;
  ~DirectoryOwner() { directory_remove(); }
};

}  // namespace

KMOD_MODULE(DirectoryOwner);
