// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_

#include <string>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/verdict/expectation.h"

namespace kmod::vm {

// Which programs Bazel asks a run of a test to run: environment variables, empty if not set.
struct RunRequest {
  std::string filter;       // TESTBRIDGE_TEST_ONLY, from --test_filter
  std::string shard_index;  // TEST_SHARD_INDEX
  std::string shard_count;  // TEST_TOTAL_SHARDS
};

// Keeps in `expectation.programs` the requested ones, and moves the others to `skipped_programs`. A
// filter is a list of patterns separated by colons; each program that it matches belongs to one
// shard.
//
// Errors: a filter that matches no program, because such a run would test nothing; shard variables
// that are not numbers or not in range.
[[nodiscard]] base::Status select_programs(const RunRequest& request, Expectation& expectation);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_PROGRAM_SELECTION_H_
