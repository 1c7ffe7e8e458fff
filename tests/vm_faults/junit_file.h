// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_FAULTS_JUNIT_FILE_H_
#define TESTS_VM_FAULTS_JUNIT_FILE_H_

#include <expected>
#include <string>
#include <vector>

namespace kmod::vm {

// A case of a JUnit file.
struct JunitCase {
  std::string name;
  std::string state;  // passed, skipped or failed
  std::string type;   // of the failure

  bool operator==(const JunitCase&) const = default;
};

// Errors: the file is missing or no XML, or its counts are not those of its cases.
[[nodiscard]] std::expected<std::vector<JunitCase>, std::string> read_junit(
    const std::string& file);

// Writes a JUnit file of one case, which has failed if there are problems.
//
// Errors: the file cannot be written.
[[nodiscard]] std::expected<void, std::string> write_junit(
    const std::string& file, const std::string& name, const std::vector<std::string>& problems);

}  // namespace kmod::vm

#endif  // TESTS_VM_FAULTS_JUNIT_FILE_H_
