// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_changes.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

using Names = std::vector<std::string>;

Names difference(Names left, Names right) {
  std::ranges::sort(left);
  std::ranges::sort(right);
  Names result;
  std::ranges::set_difference(left, right, std::back_inserter(result));
  return result;
}

void add_names(const std::string& prefix, const Names& names, std::vector<std::string>& lines) {
  if (names.empty()) return;
  std::string line = prefix;
  for (const std::string& name : names) line += " " + name;
  lines.push_back(line);
}

// Describes how two entries of the same version differ.
std::string differing_fields(const LockEntry& from, const LockEntry& to) {
  std::string fields;
  const auto add = [&](bool differs, const char* name) {
    if (differs) fields += (fields.empty() ? "" : ", ") + std::string(name);
  };
  add(from.architecture != to.architecture, "architecture");
  add(from.path != to.path, "path");
  add(from.size != to.size, "size");
  add(from.sha256 != to.sha256, "sha256");
  return fields;
}

void describe_sets(const Lock& from, const Lock& to, std::vector<std::string>& lines) {
  std::map<std::string, Names> old_sets(from.sets.begin(), from.sets.end());
  for (const auto& [name, members] : to.sets) {
    const Names old_members = old_sets[name];
    old_sets.erase(name);
    add_names("set " + name + ": added", difference(members, old_members), lines);
    add_names("set " + name + ": removed", difference(old_members, members), lines);
  }
  for (const auto& [name, members] : old_sets) lines.push_back("removed set " + name);
}

}  // namespace

std::vector<std::string> describe_changes(const Lock& from, const Lock& to) {
  std::vector<std::string> lines;
  for (const auto& [name, entry] : to.packages) {
    const auto old = from.packages.find(name);
    if (old == from.packages.end()) {
      lines.push_back("added " + name + " " + entry.version);
    } else if (old->second.version != entry.version) {
      lines.push_back("changed " + name + " " + old->second.version + " -> " + entry.version);
    } else if (old->second != entry) {
      lines.push_back("changed " + name + " " + entry.version + ": " +
                      differing_fields(old->second, entry));
    }
  }
  for (const auto& [name, entry] : from.packages) {
    if (!to.packages.contains(name)) lines.push_back("removed " + name + " " + entry.version);
  }
  describe_sets(from, to, lines);
  return lines;
}

std::vector<std::string> find_downgrades(const Lock& from, const Lock& to) {
  std::vector<std::string> lines;
  for (const auto& [name, entry] : to.packages) {
    const auto old = from.packages.find(name);
    if (old != from.packages.end() && compare_versions(entry.version, old->second.version) < 0) {
      lines.push_back(name + " " + old->second.version + " -> " + entry.version);
    }
  }
  return lines;
}

}  // namespace kmod::lock
