// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/slab_validation.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {

void validate_slabs() {
  std::error_code error;
  for (std::filesystem::directory_iterator cache("/sys/kernel/slab", error), end;
       !error && cache != end; cache.increment(error)) {
    if (!cache->path().filename().string().contains("kmalloc-")) continue;
    // It fails for a cache without debugging, which has nothing to check.
    (void)base::write_file(cache->path().string() + "/validate", "1");
  }
}

}  // namespace kmod::vm
