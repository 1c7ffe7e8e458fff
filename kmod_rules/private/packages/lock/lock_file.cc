// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_file.h"

#include <fmt/core.h>

#include "kmod_rules/private/base/json.h"

namespace kmod::lock {
namespace {

std::string quoted(const std::string& text) { return base::Json(text).dump(); }

}  // namespace

base::Result<Lock> parse_lock(const std::string& text, const std::string& name) {
  const base::Json json = KMOD_TRY(base::parse_json(text, name));
  Lock lock;
  // A member that is missing or has the wrong type throws.
  try {
    for (const auto& [set, members] : json.at("sets").items()) {
      lock.sets.emplace_back(set, members.get<std::vector<std::string>>());
    }
    for (const base::Json& entry : json.at("packages")) {
      const auto package = entry.at("name").get<std::string>();
      const bool first = lock.packages
                             .emplace(package, LockEntry{.version = entry.at("version"),
                                                         .architecture = entry.at("architecture"),
                                                         .path = entry.at("path"),
                                                         .size = entry.at("size"),
                                                         .sha256 = entry.at("sha256")})
                             .second;
      if (!first) {
        return std::unexpected(fmt::format("{}: package {} has two entries", name, package));
      }
    }
  } catch (const base::Json::exception& error) {
    return std::unexpected(fmt::format("{} is not a package lock: {}", name, error.what()));
  }
  return lock;
}

std::string format_lock(const Lock& lock) {
  std::string text = "{\n  \"sets\": {";
  const char* separator = "\n";
  for (const auto& [name, members] : lock.sets) {
    text += separator + ("    " + quoted(name)) + ": [";
    const char* comma = "\n";
    for (const std::string& member : members) {
      text += comma + ("      " + quoted(member));
      comma = ",\n";
    }
    text += "\n    ]";
    separator = ",\n";
  }
  text += "\n  },\n  \"packages\": [";
  separator = "\n";
  for (const auto& [name, entry] : lock.packages) {
    text += fmt::format(
        "{}    {{\"name\": {}, \"version\": {}, \"architecture\": {},\n"
        "     \"path\": {},\n"
        "     \"size\": {}, \"sha256\": {}}}",
        separator, quoted(name), quoted(entry.version), quoted(entry.architecture),
        quoted(entry.path), entry.size, quoted(entry.sha256));
    separator = ",\n";
  }
  return text + "\n  ]\n}\n";
}

}  // namespace kmod::lock
