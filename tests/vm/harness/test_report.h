// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_HARNESS_TEST_REPORT_H_
#define TESTS_VM_HARNESS_TEST_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kmod::vm {

// The last two lines that vm_runner prints.
struct TestReport {
  std::string verdict;
  bool ready = false;         // whether the guest's init was ever ready
  std::int64_t spent_ms = 0;  // from that moment to the end, or else from the start
};

// Empty if `output` does not end with these lines, for example because the command line was wrong.
// Lines that vm_runner writes to standard error may follow them.
[[nodiscard]] std::optional<TestReport> parse_test_report(std::string_view output);

}  // namespace kmod::vm

#endif  // TESTS_VM_HARNESS_TEST_REPORT_H_
