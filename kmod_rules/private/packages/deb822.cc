// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/deb822.h"

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::packages {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(kSpace);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kSpace) - start + 1);
}

std::string_view Stanza::field(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (key == name) return trim(value);
  }
  return {};
}

void Stanza::add_line(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    if (fields_.empty()) return;
    // The line follows the value in the same text, so the value is extended to the line's end.
    std::string_view& value = fields_.back().second;
    value = {value.begin(), line.end()};
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  fields_.emplace_back(line.substr(0, colon), line.substr(colon + 1));
}

std::optional<Stanza> StanzaReader::next() {
  Stanza stanza;
  while (!rest_.empty()) {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    if (!trim(line).empty()) {
      stanza.add_line(line);
    } else if (!stanza.empty()) {
      return stanza;
    }
  }
  if (stanza.empty()) return std::nullopt;
  return stanza;
}

std::vector<std::vector<std::string>> parse_relation(std::string_view field) {
  std::vector<std::vector<std::string>> groups;
  for (const std::string_view text : base::split(field, ',')) {
    std::vector<std::string> group;
    for (const std::string_view alternative : base::split(text, '|')) {
      const std::string_view name = trim(alternative);
      if (!name.empty()) group.emplace_back(name.substr(0, name.find_first_of(" \t\n:([")));
    }
    if (!group.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace kmod::packages
