// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "kmod_rules/private/vm/verdict/judge.h"
#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

TEST(JudgeInfrastructureTest, IfQemuCannotRun) {
  Observation seen;
  seen.start_error = "QEMU cannot be started: qemu: ENOENT (No such file or directory)";
  expect(seen, Verdict::kInfrastructure, *seen.start_error);
}

TEST(JudgeInfrastructureTest, IfQemuFails) {
  Observation seen;
  seen.qemu_exit = QemuExit{false, 1};
  seen.qemu_output = "warning\nqemu: could not load kernel 'x': No such file or directory\n";
  expect(seen, Verdict::kInfrastructure,
         "QEMU ended with status 1: qemu: could not load kernel 'x': No such file or directory");
  seen.qemu_output.clear();
  expect(seen, Verdict::kInfrastructure, "QEMU ended with status 1 and printed nothing");
}

TEST(JudgeInfrastructureTest, IfQemuIsKilled) {
  Observation seen = cut_short(Stop::kGuestLeft);
  seen.qemu_exit = QemuExit{true, 9};
  expect(
      seen, Verdict::kInfrastructure,
      "QEMU was killed by signal 9 and printed nothing; the kernel of a host that is out of memory "
      "does that and logs it");
  seen = good();
  seen.qemu_exit = QemuExit{true, 6};
  expect(seen, Verdict::kInfrastructure, "QEMU was killed by signal 6 and printed nothing");
}

TEST(JudgeInfrastructureTest, IfKvmHangs) {
  Observation seen;
  seen.kvm = true;
  seen.stop = Stop::kBootLimit;
  seen.limit_ms = 15'000;
  expect(seen, Verdict::kInfrastructure,
         "init was not ready within 15.0 s and the kernel printed nothing; it may work with "
         "--accel=tcg, which does not need KVM");
}

TEST(JudgeInfrastructureTest, IfTheRunnerIsStopped) {
  expect(cut_short(Stop::kSignaled), Verdict::kInfrastructure,
         "the runner was told to stop during \"load hello\"");
  Observation seen = not_booted();
  seen.stop = Stop::kSignaled;
  expect(seen, Verdict::kInfrastructure, "the runner was told to stop before init was ready");
}

TEST(JudgeInfrastructureTest, IfTheKernelComplainsAtBoot) {
  Observation seen = good();
  seen.log[0].record.text = kWarning;
  expect(seen, Verdict::kInfrastructure,
         "the kernel complained before the first module was loaded: " + std::string(kWarning));
}

TEST(JudgeInfrastructureTest, IfTaintedAtBoot) {
  Observation seen = good();
  seen.taint_before->mask = 1 << 9;
  expect(seen, Verdict::kInfrastructure,
         "the kernel was tainted before the first module was loaded: W (warning)");
}

TEST(JudgeInfrastructureTest, IfTheChannelWasDisturbed) {
  Observation seen = good();
  seen.channel_errors = {"byte 38 of the channel: bytes that are not a frame"};
  expect(
      seen, Verdict::kInfrastructure,
      "the channel to the guest was disturbed, for example by another process that writes to its "
      "second serial port: byte 38 of the channel: bytes that are not a frame");
}

TEST(JudgeInfrastructureTest, IfInitCannotGoOn) {
  Observation seen = good();
  seen.guest_errors = {"the plan names no module"};
  expect(seen, Verdict::kInfrastructure, "init in the guest: the plan names no module");
}

TEST(JudgeInfrastructureTest, IfTheCountsAreWrong) {
  Observation seen = good();
  ++seen.end->log_records;
  expect(seen, Verdict::kInfrastructure, "the guest counted 4 log records, but 3 arrived");
  seen = good();
  ++seen.end->steps;
  expect(seen, Verdict::kInfrastructure, "the guest counted 3 steps, but 2 arrived");
  seen = good();
  ++seen.end->leaks;
  expect(seen, Verdict::kInfrastructure, "the guest counted 1 leaks, but 0 arrived");
}

TEST(JudgeInfrastructureTest, IfRecordsWereOverwritten) {
  Observation seen = good();
  seen.log[2].record.sequence = 100;
  expect(seen, Verdict::kInfrastructure,
         "the kernel overwrote records 2 to 99 of its log before they were read; print less, or "
         "enlarge its buffer with kernel_args = [\"log_buf_len=16M\"]");
}

TEST(JudgeInfrastructureTest, IfTheTaintIsMissing) {
  Observation seen = good();
  seen.taint_after.reset();
  expect(seen, Verdict::kInfrastructure, "the guest sent no taint mask");
}

TEST(JudgeInfrastructureTest, IfThereAreMoreStepsThanExpected) {
  Observation seen = good();
  seen.steps.push_back(seen.steps.back());
  seen.end->steps = 3;
  expect(seen, Verdict::kInfrastructure,
         "the guest did \"unload hello\", which its plan does not call for at that point");
}

TEST(JudgeInfrastructureTest, IfTheStepsAreOfAnotherTest) {
  Observation seen = good();
  std::swap(seen.steps[0], seen.steps[1]);
  expect(seen, Verdict::kInfrastructure,
         "the guest did \"load hello\", which its plan does not call for at that point");
}

}  // namespace
}  // namespace kmod::vm
