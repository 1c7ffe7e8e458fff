// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_file.h"

#include "kmod_rules/private/base/json.h"

namespace kmod::lock {
namespace {

std::string quoted(const std::string& text) { return base::Json(text).dump(); }

}  // namespace

std::expected<Lock, std::string> parse_lock(const std::string& text, const std::string& name) {
  const auto json = base::parse_json(text, name);
  if (!json) return std::unexpected(json.error());
  Lock lock;
  // What is missing, or is of another type than it has to be, throws.
  try {
    for (const auto& [set, members] : json->at("sets").items()) {
      lock.sets.emplace_back(set, members.get<std::vector<std::string>>());
    }
    for (const base::Json& entry : json->at("packages")) {
      const auto package = entry.at("name").get<std::string>();
      const bool first = lock.packages
                             .emplace(package, LockEntry{.version = entry.at("version"),
                                                         .architecture = entry.at("architecture"),
                                                         .path = entry.at("path"),
                                                         .size = entry.at("size"),
                                                         .sha256 = entry.at("sha256")})
                             .second;
      if (!first) return std::unexpected(name + ": package " + package + " has two entries");
    }
  } catch (const base::Json::exception& error) {
    return std::unexpected(name + " is no package lock: " + error.what());
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
    text += separator + ("    {\"name\": " + quoted(name)) +
            ", \"version\": " + quoted(entry.version) +
            ", \"architecture\": " + quoted(entry.architecture) +
            ",\n     \"path\": " + quoted(entry.path) +
            ",\n     \"size\": " + std::to_string(entry.size) +
            ", \"sha256\": " + quoted(entry.sha256) + "}";
    separator = ",\n";
  }
  return text + "\n  ]\n}\n";
}

}  // namespace kmod::lock
