// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds the spawns that a build executed although an earlier build had executed them, and the
// reasons.
#ifndef TESTS_INTEGRATION_CACHE_REPORT_CACHE_MISSES_H_
#define TESTS_INTEGRATION_CACHE_REPORT_CACHE_MISSES_H_

#include <map>
#include <string>
#include <vector>

#include "tests/integration/cache_report/spawn.h"

namespace kmod::cache_report {

struct Counts {
  int executed = 0;
  int cached = 0;

  bool operator==(const Counts&) const = default;
};

// Counts spawns by mnemonic.
[[nodiscard]] std::map<std::string, Counts> count_spawns(const std::vector<Spawn>& spawns);

// Describes how two spawns differ in the parts of a cache's key: arguments, environment variables,
// execution properties and inputs. Empty if nothing differs.
[[nodiscard]] std::vector<std::string> differences(const Spawn& before, const Spawn& after);

// A line for each spawn of `after` that was executed, and below it a line for each of the first 20
// reasons, which are differences from the same spawn of `before`.
[[nodiscard]] std::vector<std::string> explain_misses(const std::vector<Spawn>& before,
                                                      const std::vector<Spawn>& after);

// A line for each output whose bytes differ between `before` and `after`, and for each spawn that
// only one of the two has.
[[nodiscard]] std::vector<std::string> compare_results(const std::vector<Spawn>& before,
                                                       const std::vector<Spawn>& after);

}  // namespace kmod::cache_report

#endif  // TESTS_INTEGRATION_CACHE_REPORT_CACHE_MISSES_H_
