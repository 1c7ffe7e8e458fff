// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a kernel_module_test as Bazel would, and succeeds if it ends as the flags say; `--help`
// lists them.

#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/output_limit.h"
#include "tests/vm/harness/junit_file.h"
#include "tests/vm/harness/run_problems.h"
#include "tests/vm/harness/verdict_request.h"

namespace kmod::vm {
namespace {

namespace fs = std::filesystem;

// The runner replaces the launcher, and QEMU is its only child.
bool kill_qemu(pid_t runner) {
  const auto children = base::read_file(fmt::format("/proc/{0}/task/{0}/children", runner));
  if (!children) return false;
  std::istringstream words(*children);
  pid_t child = 0;
  return (words >> child) && kill(child, SIGKILL) == 0;
}

// Keeps a flood out of this test's own log.
void print_shortened(const std::string& output) {
  constexpr std::size_t kHead = std::size_t{96} * 1024;
  constexpr std::size_t kTail = std::size_t{64} * 1024;
  OutputLimit limit(kHead, kTail);
  const std::string text = std::string(limit.feed(output)) + limit.finish();
  std::fwrite(text.data(), 1, text.size(), stdout);
}

base::Result<TestRun> run_test(const VerdictRequest& request, const fs::path& place) {
  const fs::path outputs = place / "outputs";
  const fs::path xml = place / "test.xml";
  fs::create_directories(outputs);
  // Writing to these fails with ENOSPC, as on a full disk.
  if (request.full_disk == FullDisk::kXml) fs::create_symlink("/dev/full", xml);
  if (request.full_disk == FullDisk::kOutputs) {
    fs::create_symlink("/dev/full", outputs / "console.log");
  }
  std::vector<std::string> environment = {
      "TEST_TARGET=//:fault",
      "TEST_TMPDIR=" + place.string(),
      "TEST_UNDECLARED_OUTPUTS_DIR=" + outputs.string(),
      "XML_OUTPUT_FILE=" + xml.string(),
  };
  environment.insert(environment.end(), request.environment.begin(), request.environment.end());
  std::vector<std::string> command = {request.test};
  command.insert(command.end(), request.arguments.begin(), request.arguments.end());

  TestRun run;
  run.result = KMOD_TRY(
      base::run_process(command, environment, [&](pid_t process, const std::string& output) {
        if (request.kill_qemu_at.empty() || run.qemu_killed) return;
        if (output.contains(request.kill_qemu_at)) run.qemu_killed = kill_qemu(process);
      }));
  run.report = parse_test_report(run.result.output);
  run.junit = read_junit(xml.string());
  for (const fs::directory_entry& entry : fs::directory_iterator(outputs)) {
    run.outputs.push_back(entry.path().filename());
  }
  return run;
}

base::Result<int> expect_verdict(const VerdictRequest& request) {
  const char* scratch = std::getenv("TEST_TMPDIR");
  if (scratch == nullptr) return std::unexpected("TEST_TMPDIR is not set. Run it with bazel test.");
  const TestRun run = KMOD_TRY(run_test(request, fs::path(scratch) / "run"));

  print_shortened(run.result.output);
  if (run.report) {
    fmt::print("fault: {} after {} ms\n", run.report->verdict, run.report->spent_ms);
  }
  std::fflush(stdout);
  const std::vector<std::string> problems = find_problems(request, run);
  for (const std::string& problem : problems) {
    fmt::print(stderr, "expect_verdict: {}\n", problem);
  }
  // Without this file, Bazel makes one by an action whose arguments contain the test's duration, so
  // that the action is never found in a cache.
  if (const char* xml = std::getenv("XML_OUTPUT_FILE")) {
    KMOD_TRY(write_junit(xml, request.test, problems));
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  kmod::vm::VerdictRequest request;
  kmod::base::Flags flags("expect_verdict",
                          "Runs a VM test and succeeds if it ends with the expected verdict.");
  kmod::vm::add_verdict_flags(flags, request);
  return kmod::base::run_program(flags, argc, argv,
                                 [&] { return kmod::vm::expect_verdict(request); },
                                 {.failure = 2, .usage = 2});
}
