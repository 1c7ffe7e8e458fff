// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_HARNESS_VERDICT_REQUEST_H_
#define TESTS_VM_HARNESS_VERDICT_REQUEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/vm/verdict/verdict.h"
#include "tests/vm/harness/junit_file.h"

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
  std::vector<std::string> texts;         // that its output must contain
  std::vector<std::string> absent_texts;  // that it must not contain
  std::vector<JunitCase> cases;           // that test.xml must contain
};

// Declares the flags of expect_verdict, which set the fields of `request`.
void add_verdict_flags(base::Flags& flags, VerdictRequest& request);

}  // namespace kmod::vm

#endif  // TESTS_VM_HARNESS_VERDICT_REQUEST_H_
