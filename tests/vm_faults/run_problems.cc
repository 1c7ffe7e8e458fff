// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm_faults/run_problems.h"

#include <algorithm>
#include <utility>

namespace kmod::vm {
namespace {

class Problems {
 public:
  void add_unless(bool good, std::string problem) {
    if (!good) found_.push_back(std::move(problem));
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

std::string describe(const JunitCase& junit_case) {
  return junit_case.state + (junit_case.type.empty() ? "" : ":" + junit_case.type);
}

void check_case(const JunitCase& wanted, const std::vector<JunitCase>& cases, Problems& problems) {
  const auto found = std::ranges::find(cases, wanted.name, &JunitCase::name);
  if (found == cases.end()) {
    problems.add_unless(false, "test.xml has no case \"" + wanted.name + "\"");
    return;
  }
  // The type matters only where one is asked for.
  const bool good =
      found->state == wanted.state && (wanted.type.empty() || found->type == wanted.type);
  problems.add_unless(good, "the case \"" + wanted.name + "\" of test.xml is " + describe(*found) +
                                ", and should be " + describe(wanted));
}

void check_files(const VerdictRequest& request, const TestRun& run, Problems& problems) {
  if (request.full_disk != FullDisk::kXml) {
    if (!run.junit) {
      problems.add_unless(false, "test.xml cannot be read: " + run.junit.error());
    } else {
      const std::string name(verdict_name(request.verdict));
      const bool pass = request.verdict == Verdict::kPass;
      check_case({"verdict", pass ? "passed" : "failed", pass ? "" : name}, *run.junit, problems);
      for (const JunitCase& wanted : request.cases) check_case(wanted, *run.junit, problems);
    }
  }
  if (request.full_disk == FullDisk::kOutputs) return;
  for (const char* file : {"console.log", "kernel.log", "initramfs.txt"}) {
    problems.add_unless(std::ranges::find(run.outputs, file) != run.outputs.end(),
                        std::string(file) + " is not among the test's outputs");
  }
}

}  // namespace

std::vector<std::string> find_problems(const VerdictRequest& request, const TestRun& run) {
  Problems problems;
  const std::string wanted(verdict_name(request.verdict));
  const int status = static_cast<int>(request.verdict);
  problems.add_unless(
      run.result.signal == 0 && run.result.exit_code == status,
      "it " + run.result.describe() + ", and should have exited with " + std::to_string(status));
  if (run.report) {
    problems.add_unless(run.report->verdict == wanted,
                        "its verdict is " + run.report->verdict + ", and should be " + wanted);
    problems.add_unless(run.report->spent_ms <= request.within_ms,
                        "it took " + std::to_string(run.report->spent_ms) + " ms " +
                            (run.report->ready ? "from init's being ready" : "from its start") +
                            ", and had " + std::to_string(request.within_ms));
    check_files(request, run, problems);
  } else {
    // Only an error before there is a machine to judge has no report.
    problems.add_unless(request.verdict == Verdict::kInfrastructure,
                        "it does not say where its time went and what its verdict is");
  }
  problems.add_unless(request.kill_qemu_at.empty() || run.qemu_killed,
                      "there was no QEMU to kill at \"" + request.kill_qemu_at + "\"");
  for (const std::string& text : request.texts) {
    problems.add_unless(run.result.output.contains(text), "it does not say \"" + text + "\"");
  }
  for (const std::string& text : request.absent_texts) {
    problems.add_unless(!run.result.output.contains(text), "it says \"" + text + "\"");
  }
  return problems.take();
}

}  // namespace kmod::vm
