// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// An entry of Bazel's execution log: a spawn, which is a command that Bazel ran or whose result it
// found in a cache.
#ifndef TESTS_INTEGRATION_CACHE_REPORT_SPAWN_H_
#define TESTS_INTEGRATION_CACHE_REPORT_SPAWN_H_

#include <map>
#include <string>
#include <vector>

namespace kmod::cache_report {

struct Spawn {
  std::string mnemonic;
  std::string runner;  // "linux-sandbox", "remote", "remote cache hit", …
  bool cached = false;
  std::vector<std::string> arguments;
  std::vector<std::string> outputs;                // paths that the action declares
  std::map<std::string, std::string> environment;  // names to values
  std::map<std::string, std::string> platform;     // names of execution properties to values
  std::map<std::string, std::string> inputs;       // paths to digests
  std::map<std::string, std::string> results;      // paths to digests of what there was afterwards

  // Identifies the spawn in each build: the path of its first output.
  [[nodiscard]] std::string key() const {
    return mnemonic + " " + (outputs.empty() ? std::string("(no output)") : outputs.front());
  }
};

}  // namespace kmod::cache_report

#endif  // TESTS_INTEGRATION_CACHE_REPORT_SPAWN_H_
