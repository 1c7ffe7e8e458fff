// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/module_info.h"

#include <algorithm>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::kernel {

SoftDependencies parse_soft_dependencies(std::string_view text) {
  SoftDependencies soft;
  std::vector<std::string>* names = nullptr;
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.empty()) continue;
    if (word == "pre:") {
      names = &soft.pre;
    } else if (word == "post:") {
      names = &soft.post;
    } else if (names != nullptr) {
      names->emplace_back(word);
    }
  }
  return soft;
}

base::Result<ModuleInfo> parse_module_info(std::string_view ko) {
  const base::ElfObject object = KMOD_TRY(base::ElfObject::parse(ko));
  const auto section =
      std::ranges::find(object.sections(), ".modinfo", &base::ElfObject::Section::name);
  if (section == object.sections().end()) {
    return std::unexpected("is not a kernel module: it has no section .modinfo");
  }
  ModuleInfo info;
  for (const std::string_view field : base::split(section->contents, '\0')) {
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view tag = field.substr(0, equals);
    const std::string_view value = field.substr(equals + 1);
    if (tag == "vermagic") info.vermagic = value;
    if (tag == "depends" && !value.empty()) {
      for (const std::string_view name : base::split(value, ',')) info.depends.emplace_back(name);
    }
    if (tag == "softdep") {
      const SoftDependencies more = parse_soft_dependencies(value);
      info.soft.pre.insert(info.soft.pre.end(), more.pre.begin(), more.pre.end());
      info.soft.post.insert(info.soft.post.end(), more.post.begin(), more.post.end());
    }
  }
  constexpr std::string_view kExport = "__ksymtab_";
  for (const base::ElfObject::Symbol& symbol : object.symbols()) {
    if (!symbol.undefined() && symbol.name.starts_with(kExport)) {
      info.exported.emplace_back(symbol.name.substr(kExport.size()));
    }
    if (symbol.undefined() && !symbol.name.empty()) info.undefined.emplace_back(symbol.name);
  }
  return info;
}

std::string kernel_name(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '-', '_');
  return text;
}

}  // namespace kmod::kernel
