// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/report.h"

#include <gtest/gtest.h>

#include "tests/vm/report/failed_judgment.h"

namespace kmod::vm {
namespace {

TEST(ReportTest, ShowsWhatAPersonNeeds) {
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
            "what the kernel said in its first complaint:\n"
            "  | cut\n"
            "  | WARNING: x\n"
            "QEMU said:\n"
            "  | qemu: odd\n"
            "the crash report\n"
            "time: 2 ms: runner 2\n"
            "verdict: fail: a < b & \"c\"\n");
}

}  // namespace
}  // namespace kmod::vm
