// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/report.h"

#include <gtest/gtest.h>

#include "tests/vm/report/failed_judgment.h"

namespace kmod::vm {
namespace {

TEST(ReportTest, ShowsChecksLogAndVerdict) {
  Timeline timeline;
  timeline.judged = 2'000;
  Observation seen;
  seen.log = {{{0, 0, 6, "boot"}, false}, {{1, 1'500'000, 6, "hello: hi"}, true}};
  seen.qemu_output = "qemu: odd\n";
  EXPECT_EQ(format_report(failed_judgment(), seen, timeline, "the crash report\n"),
            "checks:\n"
            "  ok    boot\n"
            "  ok    program p (12.5 ms)\n"
            "  SKIP  program q\n"
            "        not asked for\n"
            "  FAIL  verdict\n"
            "        a < b & \"c\"\n"
            "allowed: WARNING: y\n"
            "  because: known\n"
            "kernel log from the first step on:\n"
            "  | [    1.500000] hello: hi\n"
            "the lines of the kernel's first complaint:\n"
            "  | cut\n"
            "  | WARNING: x\n"
            "QEMU printed:\n"
            "  | qemu: odd\n"
            "the crash report\n"
            "time: 2 ms: runner 2\n"
            "verdict: fail: a < b & \"c\"\n");
}

TEST(TimelineTest, SaysWhereTheTimeWent) {
  EXPECT_EQ(
      format_timeline({.runner_started = 1'000'000,
                       .qemu_started = 1'006'000,
                       .first_output = 1'046'000,
                       .first_log_line = 1'400'000,
                       .init_started = 2'300'000,
                       .ready = 2'305'400,
                       .ended = 2'400'000,
                       .qemu_gone = 2'410'000,
                       .judged = 2'411'000}),
      "1411 ms: runner 6, QEMU and firmware 40, unpacking the kernel 354, kernel 900, init 5, "
      "modules 95, switching off 10, judging 1");
}

TEST(TimelineTest, GivesTheRestToTheUnfinishedStage) {
  Timeline timeline;
  timeline.qemu_started = 6'000;
  timeline.first_output = 46'000;
  timeline.qemu_gone = 8'000'000;
  timeline.judged = 8'000'000;
  EXPECT_EQ(format_timeline(timeline),
            "8000 ms: runner 6, QEMU and firmware 40, unpacking the kernel 7954, judging 0");
}

}  // namespace
}  // namespace kmod::vm
