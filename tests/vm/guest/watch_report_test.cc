// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/watch_report.h"

#include <gtest/gtest.h>

namespace kmod::vm {
namespace {

TEST(WatchReportTest, ReadsAll) {
  const auto report = parse_watch_report(
      "unplaced the tracepoint timer_start: error -2\n"
      "unplaced 3 objects of modules had no room\n"
      "checked 2\n"
      "left 1 echo left a timer that is pending: its function is echo_tick()\n"
      "left 4 echo left work that is queued: its function is echo_work()\n"
      "allocations 3\n"
      "failed kstrdup() at echo_init+0x1f/0x60 [echo]\n");
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(
      *report,
      (WatchReport{{"the tracepoint timer_start: error -2", "3 objects of modules had no room"},
                   2,
                   {{1, "echo left a timer that is pending: its function is echo_tick()"},
                    {4, "echo left work that is queued: its function is echo_work()"}},
                   "kstrdup() at echo_init+0x1f/0x60 [echo]"}));
}

TEST(WatchReportTest, NamesTheLineThatItCannotRead) {
  const auto error = [](std::string_view text) { return parse_watch_report(text).error(); };
  EXPECT_EQ(error("checked 1\nleft x\n"), "the line \"left x\" cannot be parsed");
  EXPECT_EQ(error("checked 1\nleft 1\n"), "the line \"left 1\" cannot be parsed");
  EXPECT_EQ(error("checked\n"), "the line \"checked\" cannot be parsed");
  EXPECT_EQ(error("checked x\n"), "the line \"checked x\" cannot be parsed");
  EXPECT_EQ(error("checked 1\nallocations x\n"), "the line \"allocations x\" cannot be parsed");
  EXPECT_EQ(error("hello\n"), "the line \"hello\" cannot be parsed");
}

TEST(WatchReportTest, IsIncompleteWithoutItsCount) {
  EXPECT_EQ(parse_watch_report("").error(), "it has no line \"checked\"");
  EXPECT_EQ(parse_watch_report("left 1 a timer\n").error(), "it has no line \"checked\"");
}

}  // namespace
}  // namespace kmod::vm
