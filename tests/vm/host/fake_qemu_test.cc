// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// vm_runner with a QEMU that is missing, that fails, or that sends too much or the wrong bytes.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {
namespace {

struct RunnerRun {
  Verdict verdict;
  std::string output;
  std::chrono::milliseconds duration;
};

RunnerRun run_with(const std::string& fault, const std::vector<std::string>& more = {},
                   const std::string& qemu = "tests/vm/host/fake_qemu") {
  const std::string plan = testing::TempDir() + "/plan";
  EXPECT_TRUE(base::write_file(plan, "module hello /hello.ko\n"));
  std::vector<std::string> command = {"kmod_rules/private/vm/host/vm_runner", "--qemu=" + qemu,
                                      "--kernel=" + fault, "--initramfs=none", "--plan=" + plan};
  command.insert(command.end(), more.begin(), more.end());
  const auto start = std::chrono::steady_clock::now();
  const auto result = base::run_process(command, {"FAKE_QEMU_DIRECTORY=" + testing::TempDir()});
  EXPECT_TRUE(result) << result.error();
  if (!result) return {Verdict::kPass, "", {}};
  EXPECT_EQ(result->signal, 0);
  return {static_cast<Verdict>(result->exit_code), result->output,
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                start)};
}

void expect(const RunnerRun& run, Verdict verdict, const std::string& text) {
  EXPECT_EQ(verdict_name(run.verdict), verdict_name(verdict));
  const std::string line = "\nverdict: " + std::string(verdict_name(verdict)) + ": ";
  EXPECT_TRUE(run.output.contains(line) && run.output.contains(text))
      << run.output.substr(run.output.size() - std::min<std::size_t>(run.output.size(), 2000));
}

// Otherwise the other tests could fail because the fake itself is wrong.
TEST(FakeQemuTest, CanPass) { expect(run_with("good_run"), Verdict::kPass, "all 6 checks passed"); }

TEST(FakeQemuTest, Missing) {
  expect(run_with("good_run", {}, "/no/such/qemu"), Verdict::kInfrastructure,
         "QEMU cannot be started: /no/such/qemu: ENOENT");
}

TEST(FakeQemuTest, WithoutMemory) {
  expect(
      run_with("no_memory"), Verdict::kInfrastructure,
      "QEMU ended with status 1: qemu: cannot set up guest memory 'ram': Cannot allocate memory");
}

TEST(FakeQemuTest, RefusedKvm) {
  expect(run_with("kvm_refused", {"--accel=kvm"}), Verdict::kInfrastructure,
         "QEMU ended with status 1: qemu: failed to initialize kvm: Permission denied");
}

TEST(FakeQemuTest, HungKvm) {
  expect(run_with("silent", {"--accel=kvm", "--boot-timeout-s=1"}), Verdict::kInfrastructure,
         "init was not ready within 1.0 s and the kernel printed nothing; it may work with "
         "--accel=tcg, which does not need KVM");
}

TEST(FakeQemuTest, SilentWithoutKvm) {
  expect(run_with("silent", {"--boot-timeout-s=1"}), Verdict::kNoBoot,
         "init was not ready within 1.0 s and the kernel printed nothing");
}

// The noise has no line end, and the runner stops reading long before the noise ends.
TEST(FakeQemuTest, HundredMegabytesOnTheConsole) {
  const RunnerRun run = run_with("console_noise", {"--boot-timeout-s=50"});
  expect(
      run, Verdict::kNoBoot,
      "the guest printed more on its console than the 2 MiB that are kept, before init was ready");
  EXPECT_LT(run.duration, std::chrono::seconds(10));
}

TEST(FakeQemuTest, NoiseOnItsOwnOutput) {
  expect(run_with("own_noise", {"--boot-timeout-s=1"}), Verdict::kNoBoot, "within 1.0 s");
}

TEST(FakeQemuTest, NoiseOnTheChannelBeforeInit) {
  expect(run_with("channel_noise_before", {"--boot-timeout-s=1"}), Verdict::kNoBoot,
         "within 1.0 s");
}

TEST(FakeQemuTest, NoiseOnTheChannelAfterInit) {
  expect(run_with("channel_noise_after", {"--timeout-s=2"}), Verdict::kHang,
         "the time limit of 2.0 s was reached before the first step");
}

TEST(FakeQemuTest, BootsAgainWhenTheKernelHasLostItsTimer) {
  const RunnerRun run = run_with("timer_lost_once");
  expect(run, Verdict::kPass, "all 6 checks passed");
  EXPECT_TRUE(run.output.contains("guest| [    0.887812] APIC frequency too slow")) << run.output;
  EXPECT_TRUE(run.output.contains("the host was busy: it boots again\n")) << run.output;
}

TEST(FakeQemuTest, BlamesTheHostWhenTheTimerIsLostInEachBoot) {
  expect(run_with("timer_lost"), Verdict::kInfrastructure,
         "the host was too busy for the kernel to measure the frequency of its timer, in 5 boots");
}

TEST(FakeQemuTest, HelpIsNotAPass) {
  const RunnerRun run = run_with("good_run", {"--help"});
  EXPECT_EQ(verdict_name(run.verdict), verdict_name(Verdict::kInfrastructure));
  EXPECT_TRUE(run.output.contains("--plan=FILE")) << run.output;
}

TEST(FakeQemuTest, ReplayedRun) {
  expect(run_with("replayed_run"), Verdict::kInfrastructure, "does not carry this run's nonce");
}

// However long the noise lasts, the runner keeps a bounded part of each stream.
TEST(FakeQemuTest, NoiseTakesLittleMemory) {
  (void)run_with("console_noise", {"--boot-timeout-s=20"});
  (void)run_with("own_noise", {"--boot-timeout-s=1"});
  (void)run_with("channel_noise_before", {"--boot-timeout-s=1"});
  rusage usage = {};
  ASSERT_EQ(getrusage(RUSAGE_CHILDREN, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, 64 * 1024) << "KiB";
}

}  // namespace
}  // namespace kmod::vm
