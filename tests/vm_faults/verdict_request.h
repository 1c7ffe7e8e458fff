// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_FAULTS_VERDICT_REQUEST_H_
#define TESTS_VM_FAULTS_VERDICT_REQUEST_H_

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/vm/verdict/verdict.h"
#include "tests/vm_faults/junit_file.h"

namespace kmod::vm {

// Which of a test's outputs the disk has no room for.
enum class FullDisk { kNone, kOutputs, kXml };

// A VM test to run, and how it has to end.
struct VerdictRequest {
  std::string test;                      // the executable
  std::vector<std::string> arguments;    // for it
  std::vector<std::string> environment;  // for it, NAME=VALUE
  std::string kill_qemu_at;              // text at which its QEMU is killed, empty for never
  FullDisk full_disk = FullDisk::kNone;

  Verdict verdict = Verdict::kInfrastructure;
  std::int64_t within_ms = 0;             // see spent_ms of TestReport
  std::vector<std::string> texts;         // that its output has to hold
  std::vector<std::string> absent_texts;  // that it must not
  std::vector<JunitCase> cases;           // that test.xml has to hold
};

// Understands the command line of expect_verdict:
//
//   --test=<executable>  --verdict=<name>  --within-ms=<count>
//   --text=<text>  --no-text=<text>  (repeatable) a part of the output that has to be, must not be
//   --case=<name>:<passed|skipped|failed>[:<type>]  (repeatable) a case of test.xml
//   --arg=<text>  --env=<NAME=VALUE>  (repeatable) for the test
//   --kill-qemu-at=<text>         when the output has it, QEMU is killed
//   --full-disk=outputs|xml       there is no room for console.log, for test.xml
//
// Errors: an argument that is unknown, malformed or missing.
[[nodiscard]] std::expected<VerdictRequest, std::string> parse_verdict_request(
    const std::vector<base::Argument>& arguments);

}  // namespace kmod::vm

#endif  // TESTS_VM_FAULTS_VERDICT_REQUEST_H_
