// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/integration/cache_report/cache_misses.h"

#include <algorithm>

namespace kmod::cache_report {
namespace {

using Values = std::map<std::string, std::string>;
using Lines = std::vector<std::string>;

// Another kernel, for example, changes 13,000 inputs.
constexpr std::size_t kMostReasons = 20;

void compare_values(const std::string& kind, const Values& before, const Values& after,
                    Lines& lines) {
  for (const auto& [name, value] : before) {
    const auto found = after.find(name);
    if (found == after.end()) {
      lines.push_back(kind + " " + name + " is gone");
    } else if (found->second != value) {
      lines.push_back(kind + " " + name + " was " + value + " and is " + found->second);
    }
  }
  for (const auto& [name, value] : after) {
    if (!before.contains(name)) lines.push_back(kind + " " + name + " is new: " + value);
  }
}

// Only the first difference: a new argument shifts those behind it.
void compare_arguments(const Spawn& before, const Spawn& after, Lines& lines) {
  const auto [old_end, new_end] = std::ranges::mismatch(before.arguments, after.arguments);
  const auto name = [](const auto& at, const Lines& of) {
    return at == of.end() ? std::string("(none)") : *at;
  };
  if (old_end == before.arguments.end() && new_end == after.arguments.end()) return;
  lines.push_back("argument " + std::to_string(new_end - after.arguments.begin() + 1) + " was " +
                  name(old_end, before.arguments) + " and is " + name(new_end, after.arguments));
}

std::map<std::string, const Spawn*> by_key(const std::vector<Spawn>& spawns) {
  std::map<std::string, const Spawn*> result;
  for (const Spawn& spawn : spawns) result.emplace(spawn.key(), &spawn);
  return result;
}

}  // namespace

std::map<std::string, Counts> count_spawns(const std::vector<Spawn>& spawns) {
  std::map<std::string, Counts> counts;
  for (const Spawn& spawn : spawns) {
    Counts& count = counts[spawn.mnemonic];
    ++(spawn.cached ? count.cached : count.executed);
  }
  return counts;
}

std::vector<std::string> differences(const Spawn& before, const Spawn& after) {
  Lines lines;
  compare_arguments(before, after, lines);
  compare_values("environment variable", before.environment, after.environment, lines);
  compare_values("execution property", before.platform, after.platform, lines);
  compare_values("input", before.inputs, after.inputs, lines);
  if (before.outputs != after.outputs) lines.emplace_back("the declared outputs differ");
  return lines;
}

std::vector<std::string> explain_misses(const std::vector<Spawn>& before,
                                        const std::vector<Spawn>& after) {
  const auto earlier = by_key(before);
  Lines lines;
  for (const Spawn& spawn : after) {
    if (spawn.cached) continue;
    lines.push_back("executed (" + spawn.runner + "): " + spawn.key());
    const auto found = earlier.find(spawn.key());
    if (found == earlier.end()) {
      lines.emplace_back("    the earlier build has no such spawn");
      continue;
    }
    const Lines reasons = differences(*found->second, spawn);
    if (reasons.empty()) lines.emplace_back("    the key is the same: the cache lost the result");
    const std::size_t named = std::min(reasons.size(), kMostReasons);
    for (std::size_t i = 0; i < named; ++i) lines.push_back("    " + reasons[i]);
    if (named < reasons.size()) {
      lines.push_back("    and " + std::to_string(reasons.size() - named) + " more");
    }
  }
  return lines;
}

std::vector<std::string> compare_results(const std::vector<Spawn>& before,
                                         const std::vector<Spawn>& after) {
  const auto earlier = by_key(before);
  const auto later = by_key(after);
  Lines lines;
  for (const auto& [key, spawn] : earlier) {
    if (!later.contains(key)) lines.push_back(key + ": only in the first log");
  }
  for (const auto& [key, spawn] : later) {
    const auto found = earlier.find(key);
    if (found == earlier.end()) {
      lines.push_back(key + ": only in the second log");
    } else {
      compare_values(key + ": output", found->second->results, spawn->results, lines);
    }
  }
  return lines;
}

}  // namespace kmod::cache_report
