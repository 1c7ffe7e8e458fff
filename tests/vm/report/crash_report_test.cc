// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/crash_report.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::vm {
namespace {

StackFrame frame(const std::string& symbol, const std::string& module = "",
                 const std::string& context = "TASK") {
  return {.symbol = symbol, .offset = 0x11, .size = 0x40, .module = module, .context = context};
}

StackFrame doubted(StackFrame frame) {
  frame.reliable = false;
  return frame;
}

Complaint complaint() {
  return {ComplaintKind::kWarn,
          7,
          "WARNING: x",
          {"------------[ cut here ]------------", "odd value 3", "WARNING: x", "RIP: 0010:f"}};
}

std::string format(const Symbolized& symbolized) {
  return format_crash_report(complaint(), symbolized);
}

const std::string kHead = "first complaint of the kernel:\n  odd value 3\n  WARNING: x\n";

TEST(CrashReportTest, IsTheHeadlineWhereThereIsNoStack) { EXPECT_EQ(format({}), kHead); }

TEST(CrashReportTest, SaysWhetherAFaultWasAReadOrAWrite) {
  const Complaint oops{ComplaintKind::kOops,
                       0,
                       "BUG: y",
                       {"BUG: y", "#PF: supervisor write access in kernel mode",
                        "#PF: error_code(0x0002) - not-present page", "Oops: 0002 [#1]"}};
  EXPECT_EQ(format_crash_report(oops, {}),
            "first complaint of the kernel:\n"
            "  BUG: y\n"
            "  #PF: supervisor write access in kernel mode\n");
}

TEST(CrashReportTest, PutsFunctionsAndPlacesIntoColumns) {
  EXPECT_EQ(format({.stacks = {{"",
                                {{frame("_Z1fv", "demo"),
                                  {{"push()", "demo/ring.h", 17}, {"f()", "demo/a.cc", 9}}},
                                 {frame("g", "demo"), {{"g", "demo/b.c", 0}}},
                                 {frame("vfs_read"), {}}}}},
                    .excerpts = {},
                    .problems = {}}),
            kHead +
                "  at  push()  demo/ring.h:17  (inlined)\n"
                "      f()     demo/a.cc:9\n"
                "      g       demo/b.c\n"
                "      vfs_read+0x11/0x40\n");
}

TEST(CrashReportTest, GivesALongNameALineOfItsOwn) {
  const std::string name(65, 'n');
  EXPECT_EQ(format({.stacks = {{"",
                                {{frame("a", "demo"), {{name, "demo/ring.h", 17}}},
                                 {frame("b", "demo"), {{"b()", "demo/a.cc", 9}}}}}},
                    .excerpts = {},
                    .problems = {}}),
            kHead + "  at  " + name +
                "\n"
                "           demo/ring.h:17\n"
                "      b()  demo/a.cc:9\n");
}

TEST(CrashReportTest, KeepsTheKernelsWordsWhereNothingIsKnown) {
  EXPECT_EQ(format({.stacks = {{"",
                                {{frame("_Z1fv", "other"), {}},
                                 {StackFrame{.offset = 0xffffffffc0000000}, {}},
                                 {frame("g", "demo"), {{"", "demo/b.c", 3}, {"g", "", 0}}}}}},
                    .excerpts = {},
                    .problems = {"because of this", "and of that"}}),
            kHead +
                "  at  _Z1fv+0x11/0x40 [other]\n"
                "      0xffffffffc0000000\n"
                "      ??  demo/b.c:3  (inlined)\n"
                "      g\n"
                "  (because of this)\n"
                "  (and of that)\n");
}

TEST(CrashReportTest, MarksDoubtedFramesAndLeavesThoseOfTheKernelOut) {
  EXPECT_EQ(format({.stacks = {{"",
                                {{doubted(frame("f", "demo")), {{"f", "demo/a.c", 3}}},
                                 {doubted(frame("vfs_read")), {}},
                                 {doubted(frame("g", "demo")), {}}}}},
                    .excerpts = {},
                    .problems = {}}),
            kHead +
                "  at  ? f  demo/a.c:3\n"
                "      ? g+0x11/0x40 [demo]\n");
}

TEST(CrashReportTest, ShowsWhereAnInterruptCutIn) {
  EXPECT_EQ(format({.stacks = {{"",
                                {{frame("a", "", ""), {}},
                                 {frame("b", "", "IRQ"), {}},
                                 {frame("c", "", "IRQ"), {}},
                                 {frame("d"), {}}}}},
                    .excerpts = {},
                    .problems = {}}),
            kHead +
                "  at  a+0x11/0x40\n"
                "      <IRQ>\n"
                "      b+0x11/0x40\n"
                "      c+0x11/0x40\n"
                "      <TASK>\n"
                "      d+0x11/0x40\n");
}

TEST(CrashReportTest, NamesStacksThatHaveAName) {
  EXPECT_EQ(format({.stacks = {{"Allocated in make", {{frame("make", "demo"), {}}}},
                               {"", {{frame("vfs_read"), {}}}}},
                    .excerpts = {},
                    .problems = {}}),
            kHead +
                "  Allocated in make\n"
                "  at  make+0x11/0x40 [demo]\n"
                "  at  vfs_read+0x11/0x40\n");
}

TEST(CrashReportTest, MarksTheLineOfTheSource) {
  EXPECT_EQ(format({.stacks = {},
                    .excerpts = {{"demo/ring.h", 9, 8, {"", "  *head_ = 1;", "}"}},
                                 {"a.cc", 1, 1, {"f();"}}},
                    .problems = {}}),
            kHead +
                "  demo/ring.h:\n"
                "       8 |\n"
                "    >  9 |   *head_ = 1;\n"
                "      10 | }\n"
                "  a.cc:\n"
                "    > 1 | f();\n");
}

}  // namespace
}  // namespace kmod::vm
