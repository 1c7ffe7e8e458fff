// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/unit_test_events.h"

#include <gtest/gtest.h>

namespace kmod::rust {
namespace {

constexpr std::string_view kRun = R"({ "type": "suite", "event": "started", "test_count": 3 }
{ "type": "test", "event": "started", "name": "tests::wraps" }
{ "type": "test", "name": "tests::wraps", "event": "ok", "exec_time": 0.25 }
a program that the test started
{ "type": "test", "name": "tests::fails", "event": "failed", "exec_time": 0.5, "stdout": "panicked\n" }
{ "type": "test", "name": "tests::later", "event": "ignored", "message": "not yet" }
)";
constexpr std::string_view kEnd =
    R"({ "type": "suite", "event": "failed", "passed": 1, "failed": 1, "ignored": 1 }
)";

UnitTests parse(const std::string& output) {
  const auto tests = parse_unit_tests(output);
  EXPECT_TRUE(tests) << tests.error();
  return tests.value_or(UnitTests());
}

TEST(UnitTestEventsTest, Tests) {
  const UnitTests tests = parse(std::string(kRun) + std::string(kEnd));
  ASSERT_EQ(tests.tests.size(), 3U);
  EXPECT_EQ(tests.tests[0].name, "tests::wraps");
  EXPECT_EQ(tests.tests[0].state, UnitTestState::kPassed);
  EXPECT_EQ(tests.tests[0].duration_s, 0.25);
  EXPECT_EQ(tests.tests[1].state, UnitTestState::kFailed);
  EXPECT_EQ(tests.tests[1].output, "panicked\n");
  EXPECT_EQ(tests.tests[2].state, UnitTestState::kIgnored);
  EXPECT_EQ(tests.tests[2].output, "not yet");
  EXPECT_EQ(tests.other, "a program that the test started\n");
  EXPECT_TRUE(tests.complete);
}

TEST(UnitTestEventsTest, ProgramThatDied) {
  EXPECT_FALSE(parse(std::string(kRun)).complete);
  EXPECT_FALSE(parse("").complete);
}

TEST(UnitTestEventsTest, JsonOfSomebodyElse) {
  const UnitTests tests = parse("[1]\n{\"name\": \"x\"}\n" + std::string(kEnd));
  EXPECT_TRUE(tests.tests.empty());
  EXPECT_EQ(tests.other, "[1]\n{\"name\": \"x\"}\n");
}

TEST(UnitTestEventsTest, TestWithoutName) {
  EXPECT_FALSE(parse_unit_tests(R"({"type": "test", "event": "ok"})"));
}

}  // namespace
}  // namespace kmod::rust
