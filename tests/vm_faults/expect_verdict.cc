// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a test of kernel_module_test as Bazel would and succeeds if it ends as the command line
// says, which verdict_request.h describes.

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/wire/output_limit.h"
#include "tests/vm_faults/junit_file.h"
#include "tests/vm_faults/run_problems.h"
#include "tests/vm_faults/verdict_request.h"

namespace kmod::vm {
namespace {

namespace fs = std::filesystem;

constexpr int kUsageError = 2;

int complain(const std::string& what) {
  std::fprintf(stderr, "expect_verdict: %s\n", what.c_str());
  return kUsageError;
}

// The runner replaces the launcher, and QEMU is its only child.
bool kill_qemu(pid_t runner) {
  const std::string process = std::to_string(runner);
  const auto children = base::read_file("/proc/" + process + "/task/" + process + "/children");
  if (!children) return false;
  std::istringstream words(*children);
  pid_t child = 0;
  return (words >> child) && kill(child, SIGKILL) == 0;
}

// A flood is not to flood the test's own log.
void print_shortened(const std::string& output) {
  constexpr std::size_t kHead = std::size_t{96} * 1024;
  constexpr std::size_t kTail = std::size_t{64} * 1024;
  OutputLimit limit(kHead, kTail);
  const std::string text = std::string(limit.feed(output)) + limit.finish();
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::expected<TestRun, std::string> run_test(const VerdictRequest& request, const fs::path& place) {
  const fs::path outputs = place / "outputs";
  const fs::path xml = place / "test.xml";
  fs::create_directories(outputs);
  // What is written there fails as on a disk without room, with ENOSPC.
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
  const auto result =
      base::run_process(command, environment, [&](pid_t process, const std::string& output) {
        if (request.kill_qemu_at.empty() || run.qemu_killed) return;
        if (output.contains(request.kill_qemu_at)) run.qemu_killed = kill_qemu(process);
      });
  if (!result) return std::unexpected(result.error());
  run.result = *result;
  run.report = parse_test_report(run.result.output);
  run.junit = read_junit(xml.string());
  for (const fs::directory_entry& entry : fs::directory_iterator(outputs)) {
    run.outputs.push_back(entry.path().filename());
  }
  return run;
}

int expect_verdict(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return complain(arguments.error());
  const auto request = parse_verdict_request(*arguments);
  if (!request) return complain(request.error());
  const char* scratch = std::getenv("TEST_TMPDIR");
  if (scratch == nullptr) return complain("TEST_TMPDIR is not set; run it as a test");
  const fs::path place = fs::path(scratch) / "run";
  const auto run = run_test(*request, place);
  if (!run) return complain(run.error());

  print_shortened(run->result.output);
  if (run->report) {
    std::printf("fault: %s after %lld ms\n", run->report->verdict.c_str(),
                static_cast<long long>(run->report->spent_ms));
  }
  std::fflush(stdout);
  const std::vector<std::string> problems = find_problems(*request, *run);
  for (const std::string& problem : problems) {
    std::fprintf(stderr, "expect_verdict: %s\n", problem.c_str());
  }
  // Bazel would do it by an action that has the test's seconds among its arguments, and so is in no
  // cache when they were others.
  const char* xml = std::getenv("XML_OUTPUT_FILE");
  if (xml != nullptr) {
    if (const auto written = write_junit(xml, request->test, problems); !written) {
      return complain(written.error());
    }
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) { return kmod::vm::expect_verdict({argv + 1, argv + argc}); }
