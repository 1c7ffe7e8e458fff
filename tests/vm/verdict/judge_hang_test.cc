// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/judge.h"
#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

TEST(JudgeHangTest, HangAtTheTimeLimit) {
  expect(cut_short(Stop::kTimeLimit), Verdict::kHang,
         "the time limit of 5.5 s was reached during \"load hello\"");
}

TEST(JudgeHangTest, HangShowsWhereTheStepIs) {
  Observation seen = cut_short(Stop::kTimeLimit);
  seen.last_heartbeat = HeartbeatMessage{1'000'000, "[<0>] msleep+0x29/0x40"};
  expect(seen, Verdict::kHang,
         "the time limit of 5.5 s was reached during \"load hello\", which is at\n"
         "[<0>] msleep+0x29/0x40");
}

TEST(JudgeHangTest, HangNamesTheCycle) {
  Expectation expectation = wanted();
  expectation.reloads = 5;
  Observation seen = cut_short(Stop::kTimeLimit);
  seen.begun.back().step.cycle = 4;
  expect(seen, expectation, Verdict::kHang,
         "the time limit of 5.5 s was reached during \"load hello (cycle 5 of 6)\"");
}

TEST(JudgeHangTest, TheStepInWhichTheRunEndedDidBegin) {
  const Judgment judgment = judge(cut_short(Stop::kTimeLimit), wanted());
  EXPECT_EQ(judgment.checks[1].name, "load hello");
  EXPECT_EQ(judgment.checks[1].detail, "it began, but the run ended in it");
  EXPECT_EQ(judgment.checks[2].detail, "the run did not reach it");
}

TEST(JudgeHangTest, HangInSilence) {
  expect(cut_short(Stop::kSilence), Verdict::kHang,
         "the guest sent nothing for 5.5 s, during \"load hello\"");
}

TEST(JudgeHangTest, HangByALockup) {
  Observation seen = cut_short(Stop::kAfterFailure);
  print(seen, 26'000'000, "watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [init:78]");
  expect(seen, Verdict::kHang, "watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [init:78]");
}

TEST(JudgeHangTest, HangAtTheEnd) {
  Observation seen = good();
  seen.qemu_exit.reset();
  seen.stop = Stop::kAfterEnd;
  seen.limit_ms = 5'000;
  expect(seen, Verdict::kHang, "the guest did not switch off within 5.0 s after its end record");
}

TEST(JudgeHangTest, HangOfAStepThatInitGaveUp) {
  Observation seen = good();
  seen.steps = {{kLoad, StepOutcome::kTimedOut, 0, 4'000'000}};
  seen.end->steps = 1;
  seen.last_heartbeat = HeartbeatMessage{4'000'000, "[<0>] msleep+0x29/0x40"};
  expect(seen, Verdict::kHang,
         "loading hello did not return within 4.0 s, which is at\n[<0>] msleep+0x29/0x40");
  EXPECT_EQ(judge(seen, wanted()).complaint->lines,
            (std::vector<std::string>{"loading hello did not return within 4.0 s, which is at",
                                      "Call Trace:", "[<0>] msleep+0x29/0x40"}));
}

// A run whose QEMU waited for a processor during three quarters of the time.
Observation starved(Stop stop) {
  Observation seen = cut_short(stop);
  seen.lasted_ms = 55'000;
  seen.waited_ms = 41'200;
  return seen;
}

constexpr const char* kStarved =
    "; the host was busy, and QEMU waited for a processor during 41.2 s of 55.0 s: run fewer tests "
    "at a time, or give the test a longer timeout";

TEST(JudgeHangTest, ABusyHostIsNoHang) {
  Observation seen = starved(Stop::kTimeLimit);
  expect(seen, Verdict::kInfrastructure,
         "the time limit of 5.5 s was reached during \"load hello\"" + std::string(kStarved));
  seen.limit_is_given = true;
  expect(seen, Verdict::kHang, "the time limit of 5.5 s was reached during \"load hello\"");
  seen = starved(Stop::kTimeLimit);
  seen.waited_ms = 20'000;
  expect(seen, Verdict::kHang, "the time limit of 5.5 s was reached during \"load hello\"");
}

TEST(JudgeHangTest, ABusyHostIsNoFailureToBoot) {
  Observation seen = not_booted();
  seen.stop = Stop::kBootLimit;
  seen.qemu_exit.reset();
  seen.limit_ms = 55'000;
  seen.lasted_ms = 55'000;
  seen.waited_ms = 41'200;
  expect(seen, Verdict::kInfrastructure,
         "init was not ready within 55.0 s" + std::string(kStarved));
}

// The silence of a guest is measured in the time that it was given.
TEST(JudgeHangTest, SilenceIsAHangOnABusyHostToo) {
  expect(starved(Stop::kSilence), Verdict::kHang,
         "the guest sent nothing for 5.5 s, during \"load hello\"");
}

TEST(JudgeHangTest, AStepWithLittleTimeIsNoHang) {
  Observation seen = good();
  seen.steps = {{kLoad, StepOutcome::kTimedOut, 0, 300'000}};
  seen.end->steps = 1;
  seen.step_limit_us = 40'000'000;
  expect(seen, Verdict::kInfrastructure,
         "loading hello did not return within 0.3 s: that was all that was left of the 40.0 s for "
         "all steps; give the test a longer timeout, or run fewer tests at a time");
  seen.steps[0].duration_us = 10'000'000;
  expect(seen, Verdict::kHang, "loading hello did not return within 10.0 s");
  seen.steps[0].duration_us = 1'000'000;
  seen.step_limit_us = 2'000'000;
  expect(seen, Verdict::kHang, "loading hello did not return within 1.0 s");
}

}  // namespace
}  // namespace kmod::vm
