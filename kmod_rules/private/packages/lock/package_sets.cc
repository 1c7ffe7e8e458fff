// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_sets.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::lock {
namespace {

// Checks that a value is an object with known members only.
base::Status check_members(const base::Json& value, const std::string& who,
                           std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return std::unexpected(fmt::format("{} is not an object", who));
  for (const auto& [key, member] : value.items()) {
    if (std::ranges::find(known, key) == known.end()) {
      return std::unexpected(fmt::format("{} has the member \"{}\"; it may have \"{}\"", who, key,
                                         base::join(known, "\", \"")));
    }
  }
  return {};
}

// A list of names; empty if the member is missing.
base::Result<std::vector<std::string>> read_names(const base::Json& object, const std::string& key,
                                                  const std::string& who) {
  std::vector<std::string> names;
  if (!object.contains(key)) return names;
  const auto wrong = std::unexpected(fmt::format("{}: \"{}\" is not a list of names", who, key));
  if (!object[key].is_array()) return wrong;
  for (const base::Json& name : object[key]) {
    if (!name.is_string() || name.get<std::string>().empty()) return wrong;
    names.push_back(name);
  }
  return names;
}

base::Result<std::string> read_word(const base::Json& object, const std::string& key,
                                    const std::string& who) {
  if (!object.contains(key) || !object[key].is_string() || object[key].get<std::string>().empty()) {
    return std::unexpected(fmt::format("{} has no \"{}\", which must be a text", who, key));
  }
  return object[key].get<std::string>();
}

base::Result<Excluded> read_excluded(const base::Json& object, const std::string& who) {
  Excluded excluded;
  if (!object.contains("exclude")) return excluded;
  const auto wrong = std::unexpected(fmt::format(
      "{}: \"exclude\" is not an object of package names and the reasons to exclude them", who));
  if (!object["exclude"].is_object()) return wrong;
  for (const auto& [package, why] : object["exclude"].items()) {
    if (!why.is_string() || why.get<std::string>().empty()) return wrong;
    excluded.emplace(package, why);
  }
  return excluded;
}

base::Result<ReleaseSource> read_release(const base::Json& value, const std::string& who) {
  KMOD_TRY(check_members(value, who, {"why", "suites", "components", "architecture"}));
  ReleaseSource release;
  release.suites = KMOD_TRY(read_names(value, "suites", who));
  release.components = KMOD_TRY(read_names(value, "components", who));
  if (release.suites.empty() || release.components.empty()) {
    return std::unexpected(fmt::format(
        "{} has no \"suites\" or no \"components\", such as [\"bookworm\"] and [\"main\"]", who));
  }
  release.architecture = KMOD_TRY(read_word(value, "architecture", who));
  return release;
}

base::Result<PackageSet> read_set(const std::string& name, const base::Json& value,
                                  const std::string& who) {
  KMOD_TRY(
      check_members(value, who, {"why", "release", "roots", "without_dependencies", "exclude"}));
  PackageSet set;
  set.name = name;
  set.release = KMOD_TRY(read_word(value, "release", who));
  set.roots = KMOD_TRY(read_names(value, "roots", who));
  set.without_dependencies = KMOD_TRY(read_names(value, "without_dependencies", who));
  if (set.roots.empty() && set.without_dependencies.empty()) {
    return std::unexpected(fmt::format(
        "{} names no package: list packages in \"roots\" (with all their dependencies) or in "
        "\"without_dependencies\"",
        who));
  }
  set.excluded = KMOD_TRY(read_excluded(value, who));
  return set;
}

}  // namespace

base::Result<PackageSets> parse_package_sets(const std::string& text, const std::string& name) {
  const base::Json json = KMOD_TRY(base::parse_json(text, name));
  KMOD_TRY(check_members(json, name, {"why", "releases", "exclude", "sets"}));
  for (const char* key : {"releases", "sets"}) {
    if (!json.contains(key) || !json[key].is_object() || json[key].empty()) {
      return std::unexpected(
          fmt::format("{} has no \"{}\", an object that is not empty", name, key));
    }
  }
  PackageSets sets;
  for (const auto& [key, value] : json["releases"].items()) {
    sets.releases.emplace(
        key, KMOD_TRY(read_release(value, fmt::format("{}: release \"{}\"", name, key))));
  }
  sets.excluded = KMOD_TRY(read_excluded(json, name));
  for (const auto& [key, value] : json["sets"].items()) {
    const std::string who = fmt::format("{}: set \"{}\"", name, key);
    PackageSet set = KMOD_TRY(read_set(key, value, who));
    if (!sets.releases.contains(set.release)) {
      return std::unexpected(fmt::format(
          "{} is of the release \"{}\", which \"releases\" does not have", who, set.release));
    }
    sets.sets.push_back(std::move(set));
  }
  return sets;
}

std::string format_package_sets(const PackageSets& sets) {
  base::Json json;
  for (const auto& [name, source] : sets.releases) {
    json["releases"][name] = {{"suites", source.suites},
                              {"components", source.components},
                              {"architecture", source.architecture}};
  }
  if (!sets.excluded.empty()) json["exclude"] = sets.excluded;
  for (const PackageSet& set : sets.sets) {
    base::Json& value = json["sets"][set.name];
    value["release"] = set.release;
    if (!set.roots.empty()) value["roots"] = set.roots;
    if (!set.without_dependencies.empty()) {
      value["without_dependencies"] = set.without_dependencies;
    }
    if (!set.excluded.empty()) value["exclude"] = set.excluded;
  }
  return json.dump(2) + "\n";
}

}  // namespace kmod::lock
