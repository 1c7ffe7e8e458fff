// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import/imported_module.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "kmod_rules/private/base/text.h"

namespace kmod::module_import {
namespace {

std::string_view after_first_word(std::string_view text) {
  const std::size_t space = text.find(' ');
  return space == std::string_view::npos ? std::string_view() : text.substr(space);
}

std::string_view trimmed(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string vermagic_of(std::string_view release, std::string_view config) {
  const std::vector<std::string_view> lines = base::split_lines(config);
  const auto has = [&lines](std::string_view option) {
    return std::ranges::find(lines, option) != lines.end();
  };
  std::string text(release);
  if (has("CONFIG_SMP=y")) text += " SMP";
  if (has("CONFIG_PREEMPT_BUILD=y") || has("CONFIG_PREEMPT=y")) {
    text += " preempt";
  } else if (has("CONFIG_PREEMPT_RT=y")) {
    text += " preempt_rt";
  }
  if (has("CONFIG_MODULE_UNLOAD=y")) text += " mod_unload";
  if (has("CONFIG_MODVERSIONS=y")) text += " modversions";
  return text;
}

base::Status check_vermagic(const kernel::ModuleInfo& module, std::string_view vermagic) {
  const std::string_view own = trimmed(module.vermagic);
  if (own == vermagic) return {};
  if (!module.versions.empty() && after_first_word(own) == after_first_word(vermagic)) return {};
  return std::unexpected(fmt::format(
      "it was built for another kernel: its vermagic is \"{}\", and that of this kernel "
      "is \"{}\". Take the file for this kernel, or set kernel to the one that it was "
      "built for.",
      own, vermagic));
}

base::Status check_symbols(const kernel::ModuleInfo& module, const kernel::Symvers& exports) {
  for (const std::string& symbol : module.undefined) {
    // The compiler's name for nothing, which the loader sets.
    if (symbol == "_GLOBAL_OFFSET_TABLE_" || exports.find(symbol) != nullptr) continue;
    return std::unexpected(fmt::format(
        "it uses {}, which neither this kernel nor a module of module_deps exports. Add "
        "the module that exports it to module_deps.",
        symbol));
  }
  for (const kernel::ModuleInfo::Version& version : module.versions) {
    const kernel::Symvers::Export* const exported = exports.find(version.symbol);
    if (exported == nullptr || exported->crc == version.crc) continue;
    return std::unexpected(fmt::format(
        "it uses {} with the version {:#010x}, and {} exports it with the version {:#010x}: the "
        "kernel would refuse the module. Take a file that was built against this kernel and these "
        "modules.",
        version.symbol, version.crc, exported->module, exported->crc));
  }
  return {};
}

base::Result<std::string> own_symvers(const kernel::ModuleInfo& module, std::string_view name,
                                      const std::string& symvers, const std::string& file) {
  kernel::Symvers all;
  KMOD_TRY(all.add(symvers, file));
  for (const std::string& symbol : module.exported) {
    if (all.find(symbol) != nullptr) continue;
    return std::unexpected(fmt::format(
        "it exports {}, and {} does not list that. Give the Module.symvers of the build "
        "that made the module.",
        symbol, file));
  }
  std::string own;
  for (const std::string_view line : base::split_lines(symvers)) {
    if (std::ranges::find(module.exported, base::split(line, '\t')[1]) != module.exported.end()) {
      own += fmt::format("{}\n", line);
    }
  }
  return kernel::with_module_name(own, name);
}

}  // namespace kmod::module_import
