// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/module_info.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::kernel {

namespace {

// struct modversion_info: an unsigned long and the name, in 64 bytes.
std::vector<ModuleInfo::Version> read_versions(const base::ElfObject& object) {
  constexpr std::size_t kSize = 64;
  std::vector<ModuleInfo::Version> versions;
  for (const base::ElfObject::Section& section : object.sections()) {
    if (section.name != "__versions") continue;
    std::string_view rest = section.contents;
    for (; rest.size() >= kSize; rest.remove_prefix(kSize)) {
      ModuleInfo::Version version;
      std::memcpy(&version.crc, rest.data(), sizeof(version.crc));
      const std::string_view name =
          rest.substr(sizeof(std::uint64_t), kSize - sizeof(std::uint64_t));
      version.symbol = name.substr(0, name.find('\0'));
      versions.push_back(std::move(version));
    }
  }
  return versions;
}

}  // namespace

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
    if (tag == "name") info.name = value;
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
  info.versions = read_versions(object);
  constexpr std::string_view kExport = "__ksymtab_";
  for (const base::ElfObject::Symbol& symbol : object.symbols()) {
    if (!symbol.undefined() && symbol.name.starts_with(kExport)) {
      info.exported.emplace_back(symbol.name.substr(kExport.size()));
    }
    // The loader leaves a weak one at 0.
    if (symbol.undefined() && !symbol.name.empty() && symbol.binding != STB_WEAK)
      info.undefined.emplace_back(symbol.name);
  }
  return info;
}

std::string kernel_name(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '-', '_');
  return text;
}

}  // namespace kmod::kernel
