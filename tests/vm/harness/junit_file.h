// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_HARNESS_JUNIT_FILE_H_
#define TESTS_VM_HARNESS_JUNIT_FILE_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// A case of a JUnit file.
struct JunitCase {
  std::string name;
  std::string state;  // passed, skipped or failed
  std::string type;   // of the failure

  bool operator==(const JunitCase&) const = default;
};

// Errors: the file is missing or is not XML, or its counts do not match its cases.
[[nodiscard]] base::Result<std::vector<JunitCase>> read_junit(const std::string& file);

// Writes a JUnit file with one case, which has failed if there are problems.
//
// Errors: the file cannot be written.
[[nodiscard]] base::Status write_junit(const std::string& file, const std::string& name,
                                       const std::vector<std::string>& problems);

}  // namespace kmod::vm

#endif  // TESTS_VM_HARNESS_JUNIT_FILE_H_
