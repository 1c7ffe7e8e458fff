// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/duplicate_exports.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

namespace kmod::kbuild {
namespace {

using Export = kernel::Symvers::Export;

// "crc_itu_t" for "lib/crc-itu-t".
std::string name_of(std::string_view module) {
  std::string name(module.substr(module.rfind('/') + 1));
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string describe_exporter(const Export& exported) {
  return exported.module == "vmlinux" ? "the kernel itself (vmlinux)"
                                      : fmt::format("the kernel's module {}", exported.module);
}

// A module may replace one of the kernel's by its name.
bool replaces(std::string_view module, const Export& exported) {
  return exported.module != "vmlinux" && name_of(module) == name_of(exported.module);
}

}  // namespace

base::Status check_exports_of_deps(const kernel::Symvers& deps, const kernel::Symvers& kernel) {
  for (const Export& exported : deps.exports()) {
    const Export* const first = deps.find(exported.symbol);
    if (first->module != exported.module) {
      return std::unexpected(fmt::format(
          "the modules {} and {} of module_deps both export {}, and the kernel loads only one "
          "of them. Remove one from module_deps, or rename its function.",
          first->module, exported.module, exported.symbol));
    }
    const Export* const stock = kernel.find(exported.symbol);
    if (stock != nullptr && !replaces(exported.module, *stock)) {
      return std::unexpected(
          fmt::format("the module {} of module_deps exports {}, and so does {}. Rename the "
                      "function in the module.",
                      exported.module, exported.symbol, describe_exporter(*stock)));
    }
  }
  return {};
}

base::Status check_own_exports(std::string_view name, const kernel::Symvers& own,
                               const kernel::Symvers& deps, const kernel::Symvers& kernel) {
  for (const Export& exported : own.exports()) {
    if (const Export* const dep = deps.find(exported.symbol)) {
      return std::unexpected(fmt::format(
          "it exports {}, and so does the module {} of its module_deps: the kernel refuses to load "
          "both. Rename one of the functions.",
          exported.symbol, dep->module));
    }
    const Export* const stock = kernel.find(exported.symbol);
    if (stock == nullptr || replaces(name, *stock)) continue;
    if (stock->module == "vmlinux") {
      return std::unexpected(
          fmt::format("it exports {}, and so does {}, which then refuses to load the module. "
                      "Rename the function.",
                      exported.symbol, describe_exporter(*stock)));
    }
    const std::string file = stock->module.substr(stock->module.rfind('/') + 1);
    return std::unexpected(fmt::format(
        "it exports {0}, and so does {1}: the kernel loads only one of the two. Rename the "
        "function, or set module_name = \"{2}\" if the module replaces {2}.",
        exported.symbol, describe_exporter(*stock), file));
  }
  return {};
}

}  // namespace kmod::kbuild
