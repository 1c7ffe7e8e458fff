// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Judges the execution log of a build: what was executed, what came from a cache, and why not.
//
//   cache_report --log=<log> [--before=<log>] [--executed=<mnemonic>:<count>]...
//                [--cached=<mnemonic>:<count>]... [--only-runner=<runner>] [--same-results=yes]
//
// Exactly the spawns that --executed names may have been executed; none if there is none. --cached
// is how many of a mnemonic came from a cache. With --only-runner, nothing is said about counts,
// but every spawn must have been executed by that runner. --before is the log of an earlier build,
// with which each miss is compared; --same-results wants all its outputs to have the same bytes.
// Logs are made by --execution_log_json_file.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <expected>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "tests/integration/cache_report/cache_misses.h"
#include "tests/integration/cache_report/spawn_log.h"

namespace kmod::cache_report {
namespace {

using base::Argument;

struct Request {
  std::string log;
  std::string before;
  std::string only_runner;
  bool same_results = false;
  std::map<std::string, int> executed;
  std::map<std::string, int> cached;
};

std::expected<void, std::string> add_count(const base::Argument& argument,
                                           std::map<std::string, int>& counts) {
  const std::string& text = argument.value;
  const std::size_t colon = text.find(':');
  int count = 0;
  const char* end = text.data() + text.size();
  if (colon == 0 || colon == std::string::npos ||
      std::from_chars(text.data() + colon + 1, end, count).ptr != end || colon + 1 == text.size()) {
    return std::unexpected("--" + argument.name + "=" + text + " is not <mnemonic>:<count>");
  }
  counts[text.substr(0, colon)] = count;
  return {};
}

std::expected<Request, std::string> parse_request(const std::vector<base::Argument>& arguments) {
  Request request;
  for (const base::Argument& argument : arguments) {
    std::expected<void, std::string> done;
    if (argument.name == "log") {
      request.log = argument.value;
    } else if (argument.name == "before") {
      request.before = argument.value;
    } else if (argument.name == "only-runner") {
      request.only_runner = argument.value;
    } else if (argument.name == "same-results") {
      request.same_results = argument.value == "yes";
    } else if (argument.name == "executed") {
      done = add_count(argument, request.executed);
    } else if (argument.name == "cached") {
      done = add_count(argument, request.cached);
    } else {
      return std::unexpected("--" + argument.name + " is no option of it");
    }
    if (!done) return std::unexpected(done.error());
  }
  if (request.log.empty()) return std::unexpected("--log is missing");
  if (request.same_results && request.before.empty()) {
    return std::unexpected("--same-results needs --before");
  }
  return request;
}

std::expected<std::vector<Spawn>, std::string> read_log(const std::string& path) {
  std::ifstream log(path);
  if (!log) return std::unexpected("cannot read " + path);
  auto spawns = read_spawn_log(log, path);
  // A build that did nothing would pass every check.
  if (spawns && spawns->empty()) return std::unexpected(path + " has no spawn");
  return spawns;
}

std::vector<std::string> check_counts(const Request& request,
                                      const std::map<std::string, Counts>& counts) {
  std::vector<std::string> faults;
  const auto complain = [&](const std::string& mnemonic, const char* what, int got, int want) {
    faults.push_back(mnemonic + ": " + std::to_string(got) + " " + what + " instead of " +
                     std::to_string(want));
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
    if (spawn.runner != runner) faults.push_back(spawn.key() + " was run by: " + spawn.runner);
  }
  return faults;
}

std::expected<void, std::string> run(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return std::unexpected(arguments.error());
  const auto request = parse_request(*arguments);
  if (!request) return std::unexpected(request.error());
  const auto after = read_log(request->log);
  if (!after) return std::unexpected(after.error());

  const auto counts = count_spawns(*after);
  std::printf("%-20s %9s %9s\n", "mnemonic", "executed", "cached");
  for (const auto& [mnemonic, count] : counts) {
    std::printf("%-20s %9d %9d\n", mnemonic.c_str(), count.executed, count.cached);
  }
  auto faults = request->only_runner.empty() ? check_counts(*request, counts)
                                             : check_runners(request->only_runner, *after);
  if (!request->before.empty()) {
    const auto before = read_log(request->before);
    if (!before) return std::unexpected(before.error());
    if (request->same_results) {
      std::ranges::move(compare_results(*before, *after), std::back_inserter(faults));
    } else {
      for (const std::string& line : explain_misses(*before, *after)) {
        std::printf("%s\n", line.c_str());
      }
    }
  }
  std::string text;
  for (const std::string& fault : faults) text += "\n  " + fault;
  if (!faults.empty()) return std::unexpected(request->log + ":" + text);
  return {};
}

}  // namespace
}  // namespace kmod::cache_report

int main(int argc, char** argv) {
  const auto done = kmod::cache_report::run({argv + 1, argv + argc});
  if (done) return 0;
  std::fflush(stdout);
  std::fprintf(stderr, "cache_report: %s\n", done.error().c_str());
  return 1;
}
