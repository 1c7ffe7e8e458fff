// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Checks the execution log of a build: which spawns Bazel executed, which came from a cache, and
// why the others did not. --execution_log_json_file writes the logs.
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/text.h"
#include "tests/integration/cache_report/cache_misses.h"
#include "tests/integration/cache_report/spawn_log.h"

namespace kmod::cache_report {
namespace {

struct Request {
  std::string log;
  std::string before;
  std::string only_runner;
  bool same_results = false;
  std::map<std::string, int> executed;
  std::map<std::string, int> cached;
};

// Takes MNEMONIC:COUNT.
base::FlagSetter count_of(std::map<std::string, int>& counts) {
  return base::pair(':', [&counts](const std::string& mnemonic, const std::string& text) {
    return base::number(counts[mnemonic], 0)(text);
  });
}

base::Flags report_flags(Request& request) {
  base::Flags flags("cache_report",
                    "Checks which spawns of a build were executed and which came from a cache.");
  flags.add({.name = "log",
             .value = "FILE",
             .help = "the execution log of the build",
             .count = base::FlagCount::kOnce},
            base::text(request.log));
  flags.add({.name = "before",
             .value = "FILE",
             .help = "the log of an earlier build, with which each miss is compared"},
            base::text(request.before));
  flags.add({.name = "executed",
             .value = "MNEMONIC:COUNT",
             .help = "expect exactly these executed spawns; default: none",
             .count = base::FlagCount::kAny},
            count_of(request.executed));
  flags.add({.name = "cached",
             .value = "MNEMONIC:COUNT",
             .help = "expect this many spawns of the mnemonic from a cache",
             .count = base::FlagCount::kAny},
            count_of(request.cached));
  flags.add({.name = "only-runner",
             .value = "RUNNER",
             .help = "do not check counts; expect that this runner executed every spawn"},
            base::text(request.only_runner));
  flags.add_switch("same-results", "expect outputs with the same bytes as in --before",
                   request.same_results);
  return flags;
}

base::Result<std::vector<Spawn>> read_log(const std::string& path) {
  std::ifstream log(path);
  if (!log) return std::unexpected(fmt::format("cannot read {}", path));
  auto spawns = read_spawn_log(log, path);
  // The log of a build without spawns would pass every check.
  if (spawns && spawns->empty()) return std::unexpected(fmt::format("{} has no spawn", path));
  return spawns;
}

std::vector<std::string> check_counts(const Request& request,
                                      const std::map<std::string, Counts>& counts) {
  std::vector<std::string> faults;
  const auto complain = [&](const std::string& mnemonic, const char* what, int got, int want) {
    faults.push_back(fmt::format("{}: {} {} instead of {}", mnemonic, got, what, want));
  };
  for (const auto& [mnemonic, count] : counts) {
    const auto wanted = request.executed.find(mnemonic);
    const int want = wanted == request.executed.end() ? 0 : wanted->second;
    if (count.executed != want) complain(mnemonic, "executed", count.executed, want);
  }
  for (const auto& [mnemonic, want] : request.executed) {
    if (want != 0 && !counts.contains(mnemonic)) complain(mnemonic, "executed", 0, want);
  }
  for (const auto& [mnemonic, want] : request.cached) {
    const auto found = counts.find(mnemonic);
    const int got = found == counts.end() ? 0 : found->second.cached;
    if (got != want) complain(mnemonic, "from the cache", got, want);
  }
  return faults;
}

std::vector<std::string> check_runners(const std::string& runner,
                                       const std::vector<Spawn>& spawns) {
  std::vector<std::string> faults;
  for (const Spawn& spawn : spawns) {
    if (spawn.runner != runner) {
      faults.push_back(fmt::format("{} was run by: {}", spawn.key(), spawn.runner));
    }
  }
  return faults;
}

base::Result<int> run(const Request& request) {
  if (request.same_results && request.before.empty()) {
    return std::unexpected("--same-results needs --before");
  }
  const std::vector<Spawn> after = KMOD_TRY(read_log(request.log));
  const auto counts = count_spawns(after);
  fmt::print("{:<20} {:>9} {:>9}\n", "mnemonic", "executed", "cached");
  for (const auto& [mnemonic, count] : counts) {
    fmt::print("{:<20} {:>9} {:>9}\n", mnemonic, count.executed, count.cached);
  }
  auto faults = request.only_runner.empty() ? check_counts(request, counts)
                                            : check_runners(request.only_runner, after);
  if (!request.before.empty()) {
    const std::vector<Spawn> before = KMOD_TRY(read_log(request.before));
    if (request.same_results) {
      std::ranges::move(compare_results(before, after), std::back_inserter(faults));
    } else {
      for (const std::string& line : explain_misses(before, after)) fmt::print("{}\n", line);
    }
  }
  if (faults.empty()) return 0;
  std::fflush(stdout);
  std::string text;
  for (const std::string& fault : faults) text += "\n  " + fault;
  return std::unexpected(fmt::format("{}:{}", request.log, text));
}

}  // namespace
}  // namespace kmod::cache_report

int main(int argc, char** argv) {
  kmod::cache_report::Request request;
  return kmod::base::run_program(kmod::cache_report::report_flags(request), argc, argv,
                                 [&] { return kmod::cache_report::run(request); });
}
