// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/unit_test_events.h"

#include <fmt/core.h>

#include <utility>

#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::rust {
namespace {

std::optional<UnitTestState> state_of(std::string_view event) {
  if (event == "ok") return UnitTestState::kPassed;
  if (event == "failed") return UnitTestState::kFailed;
  if (event == "ignored") return UnitTestState::kIgnored;
  return std::nullopt;  // "started", "timeout"
}

void take_event(const base::Json& event, UnitTests& tests) {
  const std::string type = event.value("type", "");
  const std::string what = event.value("event", "");
  // "started" has the number of tests, not of those that ended.
  if (type == "suite" && what != "started") tests.complete = true;
  if (type != "test") return;
  const auto state = state_of(what);
  if (!state) return;
  tests.tests.push_back({.name = event.value("name", ""),
                         .state = *state,
                         .output = event.value("stdout", event.value("message", "")),
                         .duration_s = event.value("exec_time", 0.0)});
}

}  // namespace

base::Result<UnitTests> parse_unit_tests(std::string_view output) {
  UnitTests tests;
  for (const std::string_view line : base::split_lines(output)) {
    // A test that prints by other means than println! can print anything.
    const auto event = base::parse_json(std::string(line), "");
    if (!event || !event->is_object() || !event->contains("type")) {
      tests.other += fmt::format("{}\n", line);
      continue;
    }
    take_event(*event, tests);
  }
  for (const UnitTest& test : tests.tests) {
    if (test.name.empty()) return std::unexpected("a test has no name in the program's output");
  }
  return tests;
}

}  // namespace kmod::rust
