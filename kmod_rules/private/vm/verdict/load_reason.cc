// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/load_reason.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace kmod::vm {
namespace {

bool starts_with_any(std::string_view line, std::span<const std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view s) { return line.starts_with(s); });
}

// What follows the name of the module; kernel/module/main.c and kernel/params.c.
constexpr std::array<std::string_view, 17> kAboutModule = {
    "Unknown symbol ",
    "disagrees about version of symbol ",
    "no symbol version for ",
    "version magic '",
    "module uses symbol",
    "module using GPL-only symbols ",
    "exports duplicate symbol ",
    "please compile with -fno-common",
    "Symbol ",
    "module is marked as livepatch module",
    "module has no symbols ",
    "No module found in object",
    "module is already loaded",
    "gave up waiting for init of module ",
    "Could not allocate ",
    "module has invalid ELF",
    "`",  // "`x' invalid for parameter `count'"
};

// Lines that do not name the module; kernel/module/main.c, signing.c, arch/x86/kernel/module.c.
constexpr std::array<std::string_view, 11> kAboutFile = {
    "Invalid ELF ",
    "Invalid architecture in ELF header",
    "Invalid module architecture in ELF header",
    "ELF Spec violation: ",
    "empty section name table",
    "overflow in relocation type ",
    "x86/modules: ",
    "module: ",
    "Module is not ",
    "Module has invalid ELF ",
    "Loading of ",
};

}  // namespace

std::string find_load_reason(std::string_view module, std::span<const std::string> log) {
  const auto is_reason = [&](std::string_view line) {
    if (starts_with_any(line, kAboutFile)) return true;
    if (!line.starts_with(module)) return false;
    line.remove_prefix(module.size());
    if (!line.starts_with(": ")) return false;
    return starts_with_any(line.substr(2), kAboutModule);
  };
  const auto lines = std::views::reverse(log);
  const auto line = std::ranges::find_if(lines, is_reason);
  return line == lines.end() ? "" : *line;
}

}  // namespace kmod::vm
