// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock_writer/relation.h"

#include <utility>

#include "kmod_rules/private/packages/lock_writer/deb822.h"
#include "kmod_rules/private/tools/lines.h"

namespace kmod::lock {

std::vector<std::vector<std::string>> parse_relation(std::string_view field) {
  std::vector<std::vector<std::string>> groups;
  for (const std::string_view text : tools::split(field, ',')) {
    std::vector<std::string> group;
    for (const std::string_view alternative : tools::split(text, '|')) {
      const std::string_view name = trim(alternative);
      if (!name.empty()) group.emplace_back(name.substr(0, name.find_first_of(" \t\n:([")));
    }
    if (!group.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace kmod::lock
