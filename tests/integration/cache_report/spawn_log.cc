// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/integration/cache_report/spawn_log.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace kmod::cache_report {
namespace {

using Json = nlohmann::json;

std::map<std::string, std::string> pairs(const Json& list) {
  std::map<std::string, std::string> result;
  for (const Json& pair : list) {
    result.emplace(pair.at("name").get<std::string>(), pair.at("value").get<std::string>());
  }
  return result;
}

// The log has no digest for a directory that an action wrote.
std::map<std::string, std::string> digests(const Json& files) {
  std::map<std::string, std::string> result;
  for (const Json& file : files) {
    const Json digest = file.value("digest", Json::object());
    result.emplace(file.at("path").get<std::string>(), digest.value("hash", "none"));
  }
  return result;
}

Spawn spawn_of(const Json& json) {
  return {
      .mnemonic = json.at("mnemonic").get<std::string>(),
      .runner = json.at("runner").get<std::string>(),
      .cached = json.at("remoteCacheHit").get<bool>(),
      .arguments = json.at("commandArgs").get<std::vector<std::string>>(),
      .outputs = json.at("listedOutputs").get<std::vector<std::string>>(),
      .environment = pairs(json.at("environmentVariables")),
      .platform = pairs(json.value("platform", Json::object()).value("properties", Json::array())),
      .inputs = digests(json.at("inputs")),
      .results = digests(json.at("actualOutputs")),
  };
}

}  // namespace

std::expected<std::vector<Spawn>, std::string> read_spawn_log(std::istream& log,
                                                              const std::string& where) {
  std::vector<Spawn> spawns;
  try {
    while (!(log >> std::ws).eof()) {
      Json json;
      log >> json;
      spawns.push_back(spawn_of(json));
    }
  } catch (const Json::exception& fault) {
    return std::unexpected(where + ": entry " + std::to_string(spawns.size() + 1) +
                           " is not a spawn of an execution log: " + fault.what());
  }
  return spawns;
}

}  // namespace kmod::cache_report
