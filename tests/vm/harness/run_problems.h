// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_HARNESS_RUN_PROBLEMS_H_
#define TESTS_VM_HARNESS_RUN_PROBLEMS_H_

#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "tests/vm/harness/junit_file.h"
#include "tests/vm/harness/test_report.h"
#include "tests/vm/harness/verdict_request.h"

namespace kmod::vm {

// What a run of a VM test produced.
struct TestRun {
  base::ProcessResult result;
  std::optional<TestReport> report;  // parsed from the output
  base::Result<std::vector<JunitCase>> junit;
  std::vector<std::string> outputs;  // names of its undeclared outputs
  bool qemu_killed = false;
};

// One sentence for each difference from the request; empty if there is none.
[[nodiscard]] std::vector<std::string> find_problems(const VerdictRequest& request,
                                                     const TestRun& run);

}  // namespace kmod::vm

#endif  // TESTS_VM_HARNESS_RUN_PROBLEMS_H_
