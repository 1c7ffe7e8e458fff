// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/harness/run_problems.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace kmod::vm {
namespace {

using Problems = std::vector<std::string>;

std::string describe(const JunitCase& junit_case) {
  return fmt::format("{}{}{}", junit_case.state, junit_case.type.empty() ? "" : ":",
                     junit_case.type);
}

void check_case(const JunitCase& wanted, const std::vector<JunitCase>& cases, Problems& problems) {
  const auto found = std::ranges::find(cases, wanted.name, &JunitCase::name);
  if (found == cases.end()) {
    problems.push_back(fmt::format("test.xml has no case \"{}\"", wanted.name));
    return;
  }
  // The type matters only where the request has one.
  if (found->state != wanted.state || (!wanted.type.empty() && found->type != wanted.type)) {
    problems.push_back(fmt::format("the case \"{}\" of test.xml is {}, and should be {}",
                                   wanted.name, describe(*found), describe(wanted)));
  }
}

void check_files(const VerdictRequest& request, const TestRun& run, Problems& problems) {
  if (request.full_disk != FullDisk::kXml) {
    if (!run.junit) {
      problems.push_back(fmt::format("test.xml cannot be read: {}", run.junit.error()));
    } else {
      const std::string name(verdict_name(request.verdict));
      const bool pass = request.verdict == Verdict::kPass;
      check_case({"verdict", pass ? "passed" : "failed", pass ? "" : name}, *run.junit, problems);
      for (const JunitCase& wanted : request.cases) check_case(wanted, *run.junit, problems);
    }
  }
  if (request.full_disk == FullDisk::kOutputs) return;
  for (const char* file : {"console.log", "kernel.log", "initramfs.txt"}) {
    if (std::ranges::find(run.outputs, file) == run.outputs.end()) {
      problems.push_back(fmt::format("{} is not among the test's outputs", file));
    }
  }
}

void check_report(const VerdictRequest& request, const TestReport& report, Problems& problems) {
  const std::string_view wanted = verdict_name(request.verdict);
  if (report.verdict != wanted) {
    problems.push_back(fmt::format("its verdict is {}, and should be {}", report.verdict, wanted));
  }
  if (report.spent_ms > request.within_ms) {
    problems.push_back(fmt::format("it took {} ms from {}; the limit is {} ms", report.spent_ms,
                                   report.ready ? "the moment that init was ready" : "its start",
                                   request.within_ms));
  }
}

}  // namespace

std::vector<std::string> find_problems(const VerdictRequest& request, const TestRun& run) {
  Problems problems;
  const int status = static_cast<int>(request.verdict);
  if (run.result.signal != 0 || run.result.exit_code != status) {
    problems.push_back(
        fmt::format("it {}, and should have exited with {}", run.result.describe(), status));
  }
  if (run.report) {
    check_report(request, *run.report, problems);
    check_files(request, run, problems);
  } else if (request.verdict != Verdict::kInfrastructure) {
    // Only an error before the VM starts comes without a report.
    problems.emplace_back("it does not print a timeline and a verdict");
  }
  if (!request.kill_qemu_at.empty() && !run.qemu_killed) {
    problems.push_back(fmt::format("there was no QEMU to kill at \"{}\"", request.kill_qemu_at));
  }
  for (const std::string& text : request.texts) {
    if (!run.result.output.contains(text)) {
      problems.push_back(fmt::format("it does not print \"{}\"", text));
    }
  }
  for (const std::string& text : request.absent_texts) {
    if (run.result.output.contains(text)) {
      problems.push_back(fmt::format("it prints \"{}\"", text));
    }
  }
  return problems;
}

}  // namespace kmod::vm
