// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/loaded_module.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {

bool is_module_loaded(const std::string& module) {
  const auto modules = base::read_file("/proc/modules");
  if (!modules) return false;
  return std::ranges::any_of(base::split_lines(*modules),
                             [&](std::string_view line) { return line.starts_with(module + " "); });
}

std::map<std::string, std::uint64_t> module_references() {
  std::map<std::string, std::uint64_t> references;
  // "configfs 57344 1 demo, Live 0xffffffffc0329000": name, size, uses
  for (const std::string_view line :
       base::split_lines(base::read_file("/proc/modules").value_or(""))) {
    const auto fields = base::split(line, ' ');
    const auto count =
        fields.size() > 2 ? base::parse_number<std::uint64_t>(fields[2]) : std::nullopt;
    if (count) references.emplace(fields[0], *count);
  }
  return references;
}

std::vector<ModuleSectionsMessage::Section> module_sections(const std::string& module) {
  std::vector<ModuleSectionsMessage::Section> sections;
  std::error_code error;
  std::filesystem::directory_iterator entry("/sys/module/" + module + "/sections", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ModuleSectionsMessage::Section section{entry->path().filename(), 0};
    const auto text = base::read_file(entry->path());
    constexpr std::string_view kPrefix = "0x";
    if (!text || !text->starts_with(kPrefix)) continue;
    section.address = base::parse_number<std::uint64_t>(
                          text->substr(kPrefix.size(), text->find('\n') - kPrefix.size()), 16)
                          .value_or(0);
    sections.push_back(std::move(section));
  }
  std::ranges::sort(sections, {}, &ModuleSectionsMessage::Section::address);
  return sections;
}

}  // namespace kmod::vm
