// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_sets.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/json.h"

namespace kmod::lock {
namespace {

using Done = std::expected<void, std::string>;

// Checks that a value is an object of known members, "why" among them.
Done check_members(const base::Json& value, const std::string& who,
                   std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return std::unexpected(who + " is not an object");
  for (const auto& [key, member] : value.items()) {
    if (std::ranges::find(known, key) == known.end()) {
      std::string names;
      for (const std::string_view name : known) {
        names += (names.empty() ? "\"" : ", \"") + std::string(name) + "\"";
      }
      return std::unexpected(who + " has the member \"" + key + "\"; it may have " + names);
    }
  }
  return {};
}

// A member that may be missing: no value, no words.
std::expected<std::vector<std::string>, std::string> read_names(const base::Json& object,
                                                                const std::string& key,
                                                                const std::string& who) {
  std::vector<std::string> names;
  if (!object.contains(key)) return names;
  const std::string wrong = who + ": \"" + key + "\" is not a list of names";
  if (!object[key].is_array()) return std::unexpected(wrong);
  for (const base::Json& name : object[key]) {
    if (!name.is_string() || name.get<std::string>().empty()) return std::unexpected(wrong);
    names.push_back(name);
  }
  return names;
}

std::expected<std::string, std::string> read_word(const base::Json& object, const std::string& key,
                                                  const std::string& who) {
  if (!object.contains(key) || !object[key].is_string() || object[key].get<std::string>().empty()) {
    return std::unexpected(who + " lacks \"" + key + "\", which is a text");
  }
  return object[key].get<std::string>();
}

std::expected<LeftOut, std::string> read_left_out(const base::Json& object,
                                                  const std::string& who) {
  LeftOut left_out;
  if (!object.contains("leave_out")) return left_out;
  const std::string wrong =
      who + ": \"leave_out\" is not an object of package names and the reasons to leave them out";
  if (!object["leave_out"].is_object()) return std::unexpected(wrong);
  for (const auto& [package, why] : object["leave_out"].items()) {
    if (!why.is_string() || why.get<std::string>().empty()) return std::unexpected(wrong);
    left_out.emplace(package, why);
  }
  return left_out;
}

std::expected<ReleaseSource, std::string> read_release(const base::Json& value,
                                                       const std::string& who) {
  if (auto done = check_members(value, who, {"why", "suites", "components", "architecture"});
      !done) {
    return std::unexpected(done.error());
  }
  ReleaseSource release;
  auto suites = read_names(value, "suites", who);
  if (!suites) return std::unexpected(suites.error());
  auto components = read_names(value, "components", who);
  if (!components) return std::unexpected(components.error());
  if (suites->empty() || components->empty()) {
    return std::unexpected(who +
                           " lacks \"suites\" or \"components\", such as [\"bookworm\"] and "
                           "[\"main\"]");
  }
  auto architecture = read_word(value, "architecture", who);
  if (!architecture) return std::unexpected(architecture.error());
  return ReleaseSource{std::move(*suites), std::move(*components), std::move(*architecture)};
}

std::expected<PackageSet, std::string> read_set(const std::string& name, const base::Json& value,
                                                const std::string& who) {
  if (auto done = check_members(value, who, {"why", "release", "roots", "alone", "leave_out"});
      !done) {
    return std::unexpected(done.error());
  }
  auto release = read_word(value, "release", who);
  if (!release) return std::unexpected(release.error());
  auto roots = read_names(value, "roots", who);
  if (!roots) return std::unexpected(roots.error());
  auto alone = read_names(value, "alone", who);
  if (!alone) return std::unexpected(alone.error());
  if (roots->empty() && alone->empty()) {
    return std::unexpected(who +
                           " names no package: list them in \"roots\" (with all that they "
                           "depend on) or in \"alone\" (without)");
  }
  auto left_out = read_left_out(value, who);
  if (!left_out) return std::unexpected(left_out.error());
  return PackageSet{name, std::move(*release), std::move(*roots), std::move(*alone),
                    std::move(*left_out)};
}

Done read_releases(const base::Json& json, const std::string& name, PackageSets& sets) {
  for (const auto& [key, value] : json["releases"].items()) {
    auto release = read_release(value, name + ": release \"" + key + "\"");
    if (!release) return std::unexpected(release.error());
    sets.releases.emplace(key, std::move(*release));
  }
  return {};
}

Done read_sets(const base::Json& json, const std::string& name, PackageSets& sets) {
  for (const auto& [key, value] : json["sets"].items()) {
    const std::string who = name + ": set \"" + key + "\"";
    auto set = read_set(key, value, who);
    if (!set) return std::unexpected(set.error());
    if (!sets.releases.contains(set->release)) {
      return std::unexpected(who + " is of the release \"" + set->release +
                             "\", which \"releases\" does not have");
    }
    sets.sets.push_back(std::move(*set));
  }
  return {};
}

}  // namespace

std::expected<PackageSets, std::string> parse_package_sets(const std::string& text,
                                                           const std::string& name) {
  const auto json = base::parse_json(text, name);
  if (!json) return std::unexpected(json.error());
  if (auto done = check_members(*json, name, {"why", "releases", "leave_out", "sets"}); !done) {
    return std::unexpected(done.error());
  }
  for (const char* key : {"releases", "sets"}) {
    if (!json->contains(key) || !(*json)[key].is_object() || (*json)[key].empty()) {
      return std::unexpected(name + " lacks \"" + key + "\", an object that is not empty");
    }
  }
  PackageSets sets;
  if (auto done = read_releases(*json, name, sets); !done) return std::unexpected(done.error());
  auto left_out = read_left_out(*json, name);
  if (!left_out) return std::unexpected(left_out.error());
  sets.left_out = std::move(*left_out);
  if (auto done = read_sets(*json, name, sets); !done) return std::unexpected(done.error());
  return sets;
}

}  // namespace kmod::lock
