// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_FAULTS_RUN_PROBLEMS_H_
#define TESTS_VM_FAULTS_RUN_PROBLEMS_H_

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "tests/vm_faults/junit_file.h"
#include "tests/vm_faults/test_report.h"
#include "tests/vm_faults/verdict_request.h"

namespace kmod::vm {

// What a VM test left behind.
struct TestRun {
  base::ProcessResult result;
  std::optional<TestReport> report;  // as in the output
  std::expected<std::vector<JunitCase>, std::string> junit;
  std::vector<std::string> outputs;  // names of its undeclared outputs
  bool qemu_killed = false;
};

// What is not as the request says, a sentence each; empty if all is well.
[[nodiscard]] std::vector<std::string> find_problems(const VerdictRequest& request,
                                                     const TestRun& run);

}  // namespace kmod::vm

#endif  // TESTS_VM_FAULTS_RUN_PROBLEMS_H_
