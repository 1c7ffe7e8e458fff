// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

TEST(JudgeTest, Pass) { expect(good(), Verdict::kPass, "all 8 checks passed"); }

TEST(JudgeTest, PassMayAllowATaint) {
  Observation seen = good();
  seen.taint_after->mask |= 1;
  Expectation expectation = wanted();
  expectation.allowed_taint |= 1;
  EXPECT_EQ(judge(seen, expectation).verdict, Verdict::kPass);
}

TEST(JudgeTest, FailsWithAStep) {
  Observation seen = good();
  seen.steps[0].code = 12;
  expect(seen, Verdict::kFail,
         "loading hello failed with ENOMEM (Cannot allocate memory); the kernel does not say why, "
         "so the module's init may have returned it");
}

TEST(JudgeTest, FailsWithAMissingStep) {
  Observation seen = good();
  seen.begun.pop_back();
  seen.steps.pop_back();
  seen.end->steps = 1;
  expect(seen, Verdict::kFail, "the run did not reach it");
}

TEST(JudgeTest, FailsWithAMissingLine) {
  Observation seen = good();
  seen.log.pop_back();
  --seen.end->log_records;
  expect(seen, Verdict::kMissingLine, "the kernel log has no line \"bye\"");
}

TEST(JudgeTest, ALineFromBeforeTheStepsDoesNotCount) {
  Observation seen = good();
  seen.log[1].during_steps = false;
  expect(seen, Verdict::kMissingLine, "the kernel log has no line \"hello: hi\"");
}

TEST(JudgeTest, ALineOnTheConsoleAloneDoesNotCount) {
  Observation seen = good();
  print(seen, 2'000'000, "bye");
  seen.log.pop_back();
  --seen.end->log_records;
  expect(seen, Verdict::kMissingLine, "the kernel log has no line \"bye\"");
}

TEST(JudgeTest, FailsWithARefusal) {
  Observation seen = good();
  log(seen, "hello: unknown parameter 'tims' ignored");
  expect(seen, Verdict::kFail, "hello: unknown parameter 'tims' ignored");
}

TEST(JudgeTest, WarnByAnyOtherTaint) {
  Observation seen = good();
  seen.taint_after->mask |= 2;
  expect(seen, Verdict::kWarn, "the kernel is tainted: F (module loaded by force)");
}

TEST(JudgeTest, Warn) {
  Observation seen = good();
  log(seen, kWarning);
  expect(seen, Verdict::kWarn, kWarning);
  EXPECT_EQ(judge(seen, wanted()).complaint->headline, kWarning);
}

TEST(JudgeTest, WarnByTheTaintMaskAlone) {
  Observation seen = good();
  seen.taint_after->mask |= kTaintWarned;
  expect(seen, Verdict::kWarn, "the kernel is tainted: W (warning)");
}

TEST(JudgeTest, WarnOutweighsAFailedStep) {
  Observation seen = good();
  seen.steps[0].code = 12;
  log(seen, kWarning);
  expect(seen, Verdict::kWarn, kWarning);
}

TEST(JudgeTest, Oops) {
  Observation seen = good();
  log(seen, kWarning);
  log(seen, "---[ end trace 0000000000000000 ]---");
  log(seen, kOops);
  expect(seen, Verdict::kOops, kOops);
  EXPECT_EQ(judge(seen, wanted()).complaint->headline, kWarning);
}

TEST(JudgeTest, OopsOnTheConsoleOnly) {
  Observation seen = cut_short(Stop::kAfterFailure);
  print(seen, 1'500'000, kOops);
  expect(seen, Verdict::kOops, kOops);
}

TEST(JudgeTest, OopsByAKilledStep) {
  Observation seen = good();
  seen.steps[1] = {kUnload, StepOutcome::kDied, 9, 0};
  expect(seen, Verdict::kOops,
         "unloading hello killed the process that did it, with signal 9 (SIGKILL)");
}

TEST(JudgeTest, OopsByTheTaintMaskAlone) {
  Observation seen = good();
  seen.taint_after->mask |= kTaintDied;
  expect(seen, Verdict::kOops, "the kernel is tainted: D (oops or BUG)");
}

TEST(JudgeTest, Panic) {
  Observation seen = cut_short(Stop::kGuestLeft);
  seen.qemu_exit = QemuExit{false, 0};
  print(seen, 1'500'000, kPanic);
  expect(seen, Verdict::kPanic, kPanic);
}

// A complete record must not hide a later panic.
TEST(JudgeTest, PanicAfterAPerfectRecord) {
  Observation seen = good();
  print(seen, 2'500'000, kPanic);
  expect(seen, Verdict::kPanic, kPanic);
}

TEST(JudgeTest, PanicWithoutAMessage) {
  Observation seen = cut_short(Stop::kGuestLeft);
  seen.qemu_exit = QemuExit{false, 0};
  expect(seen, Verdict::kPanic,
         "the virtual machine reset itself without a message during \"load hello\"");
}

TEST(JudgeTest, FailsIfAProgramUnloadsTheModule) {
  Observation seen = good();
  seen.steps[1].code = 2;
  expect(seen, Verdict::kFail,
         "unloading hello failed with ENOENT (No such file or directory); the kernel has no module "
         "of that name, something has unloaded it");
}

TEST(JudgeTest, NoBoot) {
  Observation seen = not_booted();
  expect(seen, Verdict::kNoBoot, "the virtual machine stopped before init was ready");
  seen.stop = Stop::kBootLimit;
  seen.qemu_exit.reset();
  seen.limit_ms = 60'000;
  expect(seen, Verdict::kNoBoot, "init was not ready within 60.0 s");
  seen.console.clear();
  expect(seen, Verdict::kNoBoot, "init was not ready within 60.0 s and the kernel printed nothing");
}

TEST(JudgeTest, NoBootForAFlood) {
  Observation seen = not_booted();
  seen.qemu_exit.reset();
  seen.stop = Stop::kFlood;
  expect(seen, Verdict::kNoBoot,
         "the guest printed more on its console than the 2 MiB that are kept, before init was "
         "ready");
}

TEST(JudgeTest, NoBootWithAPanic) {
  Observation seen = not_booted();
  print(seen, 800'000, kPanic);
  expect(seen, Verdict::kNoBoot,
         "the virtual machine stopped before init was ready; the kernel printed: " +
             std::string(kPanic));
}

TEST(JudgeTest, FailsWithAProgram) {
  Expectation expectation = wanted();
  expectation.programs = {"p"};
  const Step program{StepKind::kProgram, 0, "p"};
  Observation seen = good();
  seen.begun.insert(seen.begun.begin() + 1, {program});
  seen.program_output = {"", "1 of 2 failed\n", ""};
  seen.steps.insert(seen.steps.begin() + 1, {program, StepOutcome::kReturned, 0, 500});
  seen.end->steps = 3;
  expect(seen, expectation, Verdict::kPass, "all 9 checks passed");
  EXPECT_EQ(judge(seen, expectation).checks[2].output, "1 of 2 failed\n");
  seen.steps[1].code = 2;
  expect(seen, expectation, Verdict::kFail, "the program p exited with status 2");
  // A killed program is not an oops, because any process may have killed it.
  seen.steps[1] = {program, StepOutcome::kDied, 9, 500};
  expect(seen, expectation, Verdict::kFail, "the program p was killed by signal 9 (SIGKILL)");
  log(seen, "Out of memory: Killed process 78 (p) total-vm:300000kB");
  expect(
      seen, expectation, Verdict::kFail,
      "the program p was killed by signal 9 (SIGKILL); the guest ran out of memory, whose size "
      "the test's attribute memory sets: Out of memory: Killed process 78 (p) total-vm:300000kB");
}

TEST(JudgeTest, SkippedProgramsAreNotPassed) {
  Expectation expectation = wanted();
  expectation.skipped_programs = {{"p", "another shard runs it"}};
  expectation.lines.emplace_back("p: opened");
  const Judgment judgment = judge(good(), expectation);
  EXPECT_EQ(judgment.verdict, Verdict::kPass);
  EXPECT_EQ(judgment.reason, "8 checks passed, 2 were skipped");
  EXPECT_EQ(std::ranges::count(judgment.checks, CheckState::kSkipped, &Check::state), 2);
}

TEST(JudgeTest, FailsWithAForbiddenLine) {
  Expectation expectation = wanted();
  expectation.forbidden = {Pattern("timed * out")};
  expect(good(), expectation, Verdict::kPass, "all 9 checks passed");
  Observation seen = good();
  log(seen, "hello: timed almost out");
  expect(seen, expectation, Verdict::kFail, "the kernel log has \"hello: timed almost out\"");
}

TEST(JudgeTest, PassMayAllowAWarning) {
  Expectation expectation = wanted();
  expectation.allowed = {{Pattern("WARNING: * hello_init+*"), "the test provokes it"}};
  Observation seen = good();
  log(seen, kWarning);
  print(seen, 3000, kWarning);
  seen.taint_after->mask |= kTaintWarned;
  expect(seen, expectation, Verdict::kPass, "all 8 checks passed");
  EXPECT_EQ(judge(seen, expectation).used_allowances,
            (std::vector<AllowedComplaint>{{Pattern(kWarning), "the test provokes it"}}));
  // A different warning still counts, and so does the taint without a warning.
  log(seen, "---[ end trace 0000000000000000 ]---");
  log(seen, "WARNING: CPU: 0 PID: 78 at b.c:1 other+0x1/0x2");
  expect(seen, expectation, Verdict::kWarn, "WARNING: CPU: 0 PID: 78 at b.c:1 other+0x1/0x2");
  seen = good();
  seen.taint_after->mask |= kTaintWarned;
  expect(seen, expectation, Verdict::kWarn, "the kernel is tainted: W (warning)");
}

// Each complaint stands for itself, and so does its taint.
TEST(JudgeTest, AnAllowedComplaintHidesNoOther) {
  const std::string duplicate = "sysfs: cannot create duplicate filename '/kernel/liar'";
  const std::string atomic = "BUG: scheduling while atomic: init/78/0x00000002";
  Expectation expectation = wanted();
  expectation.allowed = {{Pattern(duplicate), "the test provokes it"}};
  Observation seen = good();
  for (const std::string& line : {duplicate, std::string("Call Trace:"), std::string(" f+0x1/0x2")})
    log(seen, line);
  expect(seen, expectation, Verdict::kPass, "all 8 checks passed");
  seen.taint_after->mask |= kTaintWarned;
  expect(seen, expectation, Verdict::kWarn, "the kernel is tainted: W (warning)");
  log(seen, atomic);
  expect(seen, expectation, Verdict::kWarn, atomic);
  expectation.allowed.push_back({Pattern("BUG: scheduling while atomic: *"), "as well"});
  expect(seen, expectation, Verdict::kPass, "all 8 checks passed");
}

TEST(JudgeTest, NothingAllowsAnOops) {
  Expectation expectation = wanted();
  expectation.allowed = {{Pattern("BUG: *"), "hope"}};
  Observation seen = good();
  log(seen, kOops);
  expect(seen, expectation, Verdict::kOops, kOops);
}

TEST(JudgeTest, LeakByAModuleThatStays) {
  Observation seen = good();
  seen.steps[1].code = 11;
  expect(seen, Verdict::kLeak,
         "unloading hello failed with EAGAIN (Resource temporarily unavailable); something still "
         "holds a reference to it");
}

TEST(JudgeTest, LeakByWhatIsLeftBehind) {
  Observation seen = good();
  seen.leaks = {{0,
                 "24 bytes",
                 {{"hello", ".text", 0x11, 0xffffffffc0000011}, {"", "", 0, 0xffffffffc0000922}}},
                {0, "a kernel thread (hello_work)", {}}};
  seen.end->leaks = 2;
  expect(seen, Verdict::kLeak,
         "24 bytes, made at hello .text+0x11 < 0xffffffffc0000922\n"
         "a kernel thread (hello_work)");
  Expectation keeps = wanted();
  keeps.keep = true;
  seen = good();
  seen.begun.pop_back();
  seen.steps.pop_back();
  seen.end->steps = 1;
  expect(seen, keeps, Verdict::kPass, "all 6 checks passed");
}

TEST(JudgeTest, LeakOfARefusedModuleThatIsNeverUnloaded) {
  Observation seen = good();
  seen.begun.pop_back();
  seen.steps.pop_back();
  seen.end->steps = 1;
  seen.leaks = {{0, "hello left a timer that is pending: its function is tick()", {}}};
  seen.end->leaks = 1;
  Expectation keeps = wanted();
  keeps.keep = true;
  expect(seen, keeps, Verdict::kLeak, "hello left a timer that is pending: its function is tick()");
}

TEST(JudgeTest, FailsIfNothingLookedForWhatIsLeftToBeCalled) {
  Observation seen = good();
  seen.end->unchecked = {{kUncheckedCalls, "loading the module kmod_watch failed with errno 8"}};
  expect(seen, Verdict::kFail,
         "\"nothing left to be called\" was not checked: loading the module kmod_watch failed with "
         "errno 8; a test that does without it says unchecked = [\"calls\"]");
}

TEST(JudgeTest, FailsIfTheStateOfTheKernelCannotBeRead) {
  Observation seen = good();
  seen.end->unchecked = {{kUncheckedState, "cannot read /proc/slabinfo"}};
  expect(seen, Verdict::kFail,
         "\"state of the kernel\" was not checked: cannot read /proc/slabinfo; a test that does "
         "without it says unchecked = [\"state\"]");
}

TEST(JudgeTest, PassMayLackACheckThatTheTestNames) {
  Observation seen = good();
  seen.end->unchecked = {{kUncheckedCalls, "no module"}};
  Expectation expectation = wanted();
  expectation.unchecked = {kUncheckedKmalloc};
  EXPECT_EQ(judge(seen, expectation).verdict, Verdict::kFail);
  expectation.unchecked.emplace_back(kUncheckedCalls);
  expect(seen, expectation, Verdict::kPass, "8 checks passed, 1 were skipped");
}

TEST(JudgeTest, LeakByTheKernelsWord) {
  Observation seen = good();
  log(seen, "BUG demo (Tainted: G           O     ): Objects remaining in demo on shutdown");
  expect(seen, Verdict::kLeak,
         "BUG demo (Tainted: G           O     ): Objects remaining in demo on shutdown");
}

TEST(JudgeTest, FailsIfAProcessSwitchesTheGuestOff) {
  Observation seen = cut_short(Stop::kGuestLeft);
  seen.qemu_exit = QemuExit{false, 0};
  print(seen, 1'500'000, "reboot: Restarting system");
  expect(seen, Verdict::kFail,
         "a process in the guest switched it off or restarted it during \"load hello\": reboot: "
         "Restarting system");
  // After the end record, init itself does it.
  seen = good();
  print(seen, 1'500'000, "reboot: Restarting system");
  expect(seen, Verdict::kPass, "all 8 checks passed");
}

TEST(JudgeTest, FailsWithAFlood) {
  expect(cut_short(Stop::kFlood), Verdict::kFail,
         "the guest printed more on its console than the 2 MiB that are kept, during \"load "
         "hello\"");
}

// A run without an end record never passes.
TEST(JudgeTest, NothingPassesWithoutTheEndRecord) {
  for (const bool errors : {false, true}) {
    Observation seen = good();
    seen.end.reset();
    if (errors) seen.channel_errors = {"byte 0 of the channel: bytes that are not a frame"};
    EXPECT_NE(judge(seen, wanted()).verdict, Verdict::kPass);
  }
}

TEST(JudgeTest, WhatNoKernelOfTheVersionCanCheckIsSkippedAndNeverPassed) {
  const auto leak_checks = [](const Observation& seen) {
    std::vector<std::string> found;
    for (const Check& check : judge(seen, wanted()).checks) {
      if (!check.name.ends_with("left behind")) continue;
      const bool skipped = check.state == CheckState::kSkipped;
      found.push_back((skipped ? "skipped " : "") + check.name + ": " + check.detail);
    }
    return found;
  };
  Observation seen = good();
  EXPECT_EQ(leak_checks(seen), (std::vector<std::string>{"nothing left behind: "}));
  seen.end->unchecked = {{kUncheckedKmalloc, "no traces", true}};
  EXPECT_EQ(leak_checks(seen),
            (std::vector<std::string>{
                "nothing left behind: ",
                "skipped no memory of kmalloc() left behind: not checked: no traces"}));
}

}  // namespace
}  // namespace kmod::vm
