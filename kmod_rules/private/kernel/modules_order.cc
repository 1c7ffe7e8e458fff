// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/modules_order.h"

#include <filesystem>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::kernel {

std::vector<std::string> listed_modules(const std::string& directory) {
  std::vector<std::string> modules;
  const auto order = base::read_file(directory + "/modules.order");
  if (!order) return modules;
  for (const std::string_view line : base::split_lines(*order)) {
    const auto path = (std::filesystem::path(directory) / line).lexically_normal();
    modules.push_back((path.parent_path() / path.stem()).string());
  }
  return modules;
}

}  // namespace kmod::kernel
