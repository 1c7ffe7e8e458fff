// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/expectation.h"

namespace kmod::vm {

// What Bazel asks of one run of a test: its environment variables, empty if they are not set.
struct RunRequest {
  std::string filter;       // TESTBRIDGE_TEST_ONLY, from --test_filter
  std::string shard_index;  // TEST_SHARD_INDEX
  std::string shard_count;  // TEST_TOTAL_SHARDS
};

// Leaves in `expectation.programs` what the request asks for, and moves the rest to
// `skipped_programs`. A filter is a list of patterns with colons between them; of the programs that
// it leaves, each belongs to one shard.
//
// Errors: a filter that no program matches, which would else be a run that tests nothing; shard
// variables that are no numbers.
[[nodiscard]] std::expected<void, std::string> select_programs(const RunRequest& request,
                                                               Expectation& expectation);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_
