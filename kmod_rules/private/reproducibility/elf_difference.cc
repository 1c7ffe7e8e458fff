// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/elf_difference.h"

#include <elf.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"
#include "kmod_rules/private/reproducibility/elf_relocations.h"
#include "kmod_rules/private/reproducibility/elf_sections.h"

namespace kmod::reproducibility {
namespace {

constexpr std::size_t kSectionsListed = 12;

// The owner of the bytes: the function or variable there, or else the user of the string there.
std::string owner(const base::ElfObject& object, std::uint32_t section, std::uint64_t offset) {
  if (std::string symbol = symbol_at(object, section, offset); !symbol.empty()) {
    return ", in " + symbol;
  }
  const std::string_view before = object.sections()[section].contents.substr(0, offset);
  const std::size_t end_of_previous = before.rfind('\0');
  const std::size_t start = end_of_previous == std::string_view::npos ? 0 : end_of_previous + 1;
  const std::string user = user_of(object, section, start);
  return user.empty() ? "" : ", in a constant that " + user + " uses";
}

bool holds_relocations(const base::ElfObject& object, const base::ElfObject::Section& section) {
  return section.type == SHT_RELA && section.info < object.sections().size() &&
         !object.relocations(section.info).empty();
}

Lines explain_section(const base::ElfObject& first, const base::ElfObject& second,
                      const SectionPair& pair) {
  const std::string title = "section " + pair.name;
  if (!pair.first) return {title + ": only the second file has it"};
  if (!pair.second) return {title + ": only the first file has it"};
  const base::ElfObject::Section& left = first.sections()[*pair.first];
  const base::ElfObject::Section& right = second.sections()[*pair.second];
  if (holds_relocations(first, left) && holds_relocations(second, right)) {
    return titled(title, explain_relocations(first, left.info, second, right.info));
  }
  const auto offset = first_difference(left.contents, right.contents);
  if (!offset) {
    return {left.size == right.size
                ? title + ": the same bytes, but another type, other flags or another address"
                : title + ": " + std::to_string(left.size) + " bytes in the first, " +
                      std::to_string(right.size) + " in the second"};
  }
  const std::string title_at = title + ", offset ";
  std::string sizes = " of " + std::to_string(left.size);
  if (left.size != right.size) sizes += " and " + std::to_string(right.size);
  sizes += " bytes";
  const auto string_of_first = string_of_one(left.contents, right.contents);
  const auto string_of_second = string_of_one(right.contents, left.contents);
  if ((left.flags & right.flags & SHF_STRINGS) != 0 && (string_of_first || string_of_second)) {
    const StringAt& string = string_of_first ? *string_of_first : *string_of_second;
    return titled(title_at + hexadecimal(string.offset) + sizes +
                      (string_of_first ? owner(first, *pair.first, string.offset)
                                       : owner(second, *pair.second, string.offset)),
                  {"first:  " + quoted(string_of_first), "second: " + quoted(string_of_second)});
  }
  std::string whose = owner(first, *pair.first, *offset);
  if (whose.empty()) whose = owner(second, *pair.second, *offset);
  const char* const patched = is_patched(first, *pair.first, *offset)
                                  ? ", where a relocation patches the bytes at load"
                                  : "";
  return titled(title_at + hexadecimal(*offset) + sizes + whose + patched,
                show_bytes(left.contents, right.contents, *offset));
}

std::string names_of_others(const std::vector<SectionPair>& pairs) {
  std::string names;
  const std::size_t listed = std::min(pairs.size(), kSectionsListed);
  for (std::size_t i = 1; i < listed; ++i) names += (i == 1 ? "" : ", ") + pairs[i].name;
  if (pairs.size() > listed) names += " and " + std::to_string(pairs.size() - listed) + " more";
  return names;
}

}  // namespace

base::Result<Lines> explain_elf(std::string_view first, std::string_view second) {
  const auto left = base::ElfObject::parse_any(first);
  if (!left) return std::unexpected("the first " + left.error());
  const auto right = base::ElfObject::parse_any(second);
  if (!right) return std::unexpected("the second " + right.error());
  const std::vector<SectionPair> pairs = different_sections(*left, *right);
  if (pairs.empty()) return std::unexpected("differs in its headers only, not in a section");
  Lines lines = explain_section(*left, *right, pairs.front());
  if (pairs.size() > 1) lines.push_back("other sections that differ: " + names_of_others(pairs));
  if (pairs.front().kind == SectionKind::kDebug) {
    lines.emplace_back("only debug information differs: what is loaded is the same");
  } else if (pairs.front().kind == SectionKind::kTables) {
    lines.emplace_back("no section that is loaded differs");
  }
  return lines;
}

}  // namespace kmod::reproducibility
