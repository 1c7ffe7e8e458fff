// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Whose lines judge() counts.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/judge.h"
#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

TEST(LineOriginTest, ALineOfAProcessDoesNotCount) {
  Observation seen = good();
  seen.log.back().record.facility = 1;
  expect(seen, Verdict::kMissingLine,
         "the kernel log has no line \"bye\"; a process wrote it to /dev/kmsg, but only lines of "
         "the kernel and its modules count");
}

TEST(LineOriginTest, AProcessCannotMakeAGoodRunFail) {
  Observation seen = good();
  Expectation expectation = wanted();
  expectation.forbidden = {Pattern("BUG")};
  for (const char* line : {kWarning, kOops, kPanic, "reboot: Power down"}) {
    log(seen, line);
    seen.log.back().record.facility = 1;
    // Without a priority, it is not one of the kernel's lines on the console.
    seen.console.emplace_back(line);
  }
  expect(seen, expectation, Verdict::kPass, "all 9 checks passed");
}

// The kernel's line would be in the log.
TEST(LineOriginTest, AnOldLineOnTheConsoleDoesNotCount) {
  Observation seen = good();
  log(seen, "late");
  seen.log.back().record.time_us = 3'000'000;
  print(seen, 2'000'000, kPanic);
  expect(seen, Verdict::kPass, "all 8 checks passed");
  print(seen, 2'999'000, kPanic);
  expect(seen, Verdict::kPanic, kPanic);
}

// The headline is the log's last record, and the stack is only on the console.
TEST(LineOriginTest, TheConsoleContinuesTheLog) {
  Observation seen = cut_short(Stop::kAfterFailure);
  log(seen, kOops);
  print(seen, 3000, kOops);
  print(seen, 4000, "RIP: 0010:hello_init+0x11/0x1000 [hello]");
  expect(seen, Verdict::kOops, kOops);
  EXPECT_EQ(judge(seen, wanted()).complaint->lines,
            (std::vector<std::string>{kOops, "RIP: 0010:hello_init+0x11/0x1000 [hello]"}));
}

}  // namespace
}  // namespace kmod::vm
