// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a build executed although an earlier one had done it before, and why.
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

// Says in what two spawns differ that is part of a cache's key: each argument, environment
// variable, execution property and input. Empty if nothing differs.
[[nodiscard]] std::vector<std::string> differences(const Spawn& before, const Spawn& after);

// A line for each spawn of `after` that was executed, and below it a line for each of the first 20
// reasons, which are differences from the same spawn of `before`.
[[nodiscard]] std::vector<std::string> explain_misses(const std::vector<Spawn>& before,
                                                      const std::vector<Spawn>& after);

// A line for each output that is of other bytes in `after` than in `before`, and for each spawn
// that only one of the two has.
[[nodiscard]] std::vector<std::string> compare_results(const std::vector<Spawn>& before,
                                                       const std::vector<Spawn>& after);

}  // namespace kmod::cache_report

#endif  // TESTS_INTEGRATION_CACHE_REPORT_CACHE_MISSES_H_
