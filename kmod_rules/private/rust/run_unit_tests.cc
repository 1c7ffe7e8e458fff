// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a program of Rust's unit tests as Bazel runs tests: --test_filter chooses tests, and
// test.xml lists each. `--help` lists the flags.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/rust/unit_test_events.h"
#include "kmod_rules/private/rust/unit_test_report.h"

namespace kmod::rust {
namespace {

struct RunRequest {
  std::string program;
  std::vector<std::string> arguments;
};

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) variables.emplace_back(*entry);
  // --format=json is not stable yet.
  variables.emplace_back("RUSTC_BOOTSTRAP=1");
  return variables;
}

base::Result<int> run(const RunRequest& request) {
  std::vector<std::string> arguments = {request.program, "--format=json", "-Zunstable-options",
                                        "--report-time"};
  arguments.insert(arguments.end(), request.arguments.begin(), request.arguments.end());
  if (const std::string filter = variable("TESTBRIDGE_TEST_ONLY"); !filter.empty()) {
    arguments.push_back(filter);
  }
  const auto result = KMOD_TRY(base::run_process(
      {.arguments = arguments, .environment = environment()}, base::Capture::kOutput));
  const UnitTests tests = KMOD_TRY(parse_unit_tests(result.output));
  fmt::print("{}", unit_test_text(tests));
  const bool failed = std::ranges::any_of(
      tests.tests, [](const UnitTest& test) { return test.state == UnitTestState::kFailed; });
  std::string end;
  if (!tests.complete || (!result.succeeded() && !failed)) {
    end = fmt::format("the program {} before all tests had run", result.describe());
    fmt::print("{}\n", end);
  }
  if (const std::string xml = variable("XML_OUTPUT_FILE"); !xml.empty()) {
    KMOD_TRY(base::write_file(xml, unit_test_xml(tests, variable("TEST_TARGET"), end)));
  }
  if (tests.tests.empty() && end.empty()) {
    return std::unexpected(
        "no test ran: the crate has no function with #[test], or --test_filter matches none");
  }
  return result.succeeded() && end.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kmod::rust

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  kmod::rust::RunRequest request;
  kmod::base::Flags flags("run_unit_tests", "Runs a program of Rust's unit tests.");
  flags.add({"program", "FILE", "the program that rustc --test made", kOnce},
            kmod::base::text(request.program));
  flags.add({"argument", "TEXT", "an argument of the program", kAny},
            kmod::base::append(request.arguments));
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::rust::run(request); });
}
