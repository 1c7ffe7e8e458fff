// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Boots a kernel with modules in a VM and says whether they did what was expected. The exit status
// is that of the verdict (verdict.h); after a wrong command line, that of Verdict::kInfrastructure.

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/host/runner_options.h"
#include "kmod_rules/private/vm/host/test_session.h"
#include "kmod_rules/private/vm/report/crash_report.h"
#include "kmod_rules/private/vm/report/junit.h"
#include "kmod_rules/private/vm/report/leak_report.h"
#include "kmod_rules/private/vm/report/report.h"
#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"
#include "kmod_rules/private/vm/verdict/judge.h"
#include "kmod_rules/private/vm/verdict/program_selection.h"
#include "kmod_rules/private/vm/wire/output_limit.h"

namespace kmod::vm {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string join_console(const Observation& seen) {
  std::string text;
  for (const std::string& line : seen.console) text += line + "\n";
  return text;
}

std::string join_kernel_log(const Observation& seen) {
  std::string text;
  for (const ObservedRecord& observed : seen.log) text += format_record(observed.record) + "\n";
  return text;
}

// No viewer opens an XML file with megabytes of console; console.log has all of it.
std::string shorten(const std::string& console) {
  constexpr std::size_t kHead = std::size_t{256} * 1024;
  constexpr std::size_t kTail = std::size_t{256} * 1024;
  OutputLimit limit(kHead, kTail);
  const std::string head(limit.feed(console));
  return head + limit.finish();
}

// Logs for a person to read. Bazel gives their directory in the environment.
base::Status write_outputs(const RunnerOptions& options, const Observation& seen) {
  const std::string directory = environment("TEST_UNDECLARED_OUTPUTS_DIR");
  if (directory.empty()) return {};
  KMOD_TRY(base::write_file(directory + "/console.log", join_console(seen)));
  KMOD_TRY(base::write_file(directory + "/kernel.log", join_kernel_log(seen)));
  if (options.manifest.empty()) return {};
  return base::copy_file(options.manifest, directory + "/initramfs.txt");
}

// Looks for sources below the current directory, as in a test's runfiles.
std::string describe_faults(const Judgment& judgment, const Observation& seen,
                            const RunnerOptions& options) {
  const Symbolizer symbolizer(options.symbolizer, base::Demangler(options.demangler),
                              options.symbols, SourceTree(".", options.kernel_build_directory));
  std::string leaks = format_leak_report(seen.leaks, symbolizer);
  if (!judgment.complaint) return leaks;
  return leaks +
         format_crash_report(*judgment.complaint, symbolizer.symbolize(*judgment.complaint));
}

// A function of C++ has its mangled name in the guest. If it cannot be translated, the report says
// so.
void demangle(const RunnerOptions& options, Observation& seen) {
  std::vector<std::string*> places;
  places.reserve(seen.leaks.size() + seen.failures.size());
  for (LeakMessage& leak : seen.leaks) places.push_back(&leak.what);
  for (FailingCycleMessage& failure : seen.failures) places.push_back(&failure.what);
  std::vector<std::string> texts;
  texts.reserve(places.size());
  for (const std::string* place : places) texts.push_back(*place);
  if (!base::Demangler(options.demangler).demangle_text(texts)) return;
  for (std::size_t i = 0; i < places.size(); ++i) *places[i] = std::move(texts[i]);
}

base::Status write_xml(const Judgment& judgment, const Observation& seen, const Timeline& timeline,
                       const std::string& report) {
  const std::string file = environment("XML_OUTPUT_FILE");
  if (file.empty()) return {};
  const std::string target = environment("TEST_TARGET");
  const double duration_s = static_cast<double>(timeline.judged - timeline.runner_started) / 1e6;
  return base::write_file(file, format_junit(judgment, target.empty() ? "vm_runner" : target,
                                             shorten(join_console(seen)) + report, duration_s));
}

// This file tells Bazel that the test divides its cases among the shards.
base::Status acknowledge_sharding() {
  const std::string file = environment("TEST_SHARD_STATUS_FILE");
  return file.empty() ? base::Status() : base::write_file(file, "");
}

base::Result<int> run_test(RunnerOptions& options) {
  KMOD_TRY(complete_options(options));
  const RunRequest request{environment("TESTBRIDGE_TEST_ONLY"), environment("TEST_SHARD_INDEX"),
                           environment("TEST_TOTAL_SHARDS")};
  KMOD_TRY(select_programs(request, options.expectation));
  KMOD_TRY(acknowledge_sharding());
  print(KMOD_TRY(choose_start(options)));
  const Limits limits = KMOD_TRY(choose_limits(options, environment("TEST_TIMEOUT")));

  std::optional<TestSession> session;
  for (int boot = 1; boot <= kMaxBoots && (!session || session->lost_timer()); ++boot) {
    if (session) print(std::string(kBootsAgain));
    session.emplace(
        options, limits, [](const std::string& line) { print("guest| " + line + "\n"); },
        [](const std::string& program, const std::string& line) {
          print(program + "| " + line + "\n");
        });
    session->run();
  }
  Observation seen = session->observation();
  demangle(options, seen);
  Judgment judgment = judge(seen, options.expectation);
  session->timeline().judged = base::monotonic_us();
  // The files come first, so that the verdict is the last line that is printed.
  if (const auto status = write_outputs(options, seen); !status) {
    note_lost_results(judgment, status.error());
  }
  const std::string faults = describe_faults(judgment, seen, options);
  std::string report = format_report(judgment, seen, session->timeline(), faults);
  if (const auto status = write_xml(judgment, seen, session->timeline(), report); !status) {
    note_lost_results(judgment, status.error());
    report = format_report(judgment, seen, session->timeline(), faults);
  }
  print(report);
  return static_cast<int>(judgment.verdict);
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  constexpr int kInfrastructure = static_cast<int>(kmod::vm::Verdict::kInfrastructure);
  kmod::vm::RunnerOptions options;
  bool judged = false;
  const int status =
      kmod::base::run_program(kmod::vm::runner_flags(options), argc, argv,
                              [&] {
                                judged = true;
                                return kmod::vm::run_test(options);
                              },
                              {.failure = kInfrastructure, .usage = kInfrastructure});
  // A test that only printed its help has not passed.
  return judged || status != 0 ? status : kInfrastructure;
}
