// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// make_snapshot with a QEMU that fails.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace kmod::vm {
namespace {

struct SnapshotRun {
  bool succeeded;
  std::string output;
  std::string state;
};

SnapshotRun run_with(const std::string& fault) {
  const std::string state = testing::TempDir() + "/state";
  const std::string description = testing::TempDir() + "/description";
  std::filesystem::remove(description);
  const auto result =
      base::run_process({"kmod_rules/private/vm/snapshot/make_snapshot",
                         "--qemu=tests/vm/host/fake_qemu", "--kernel=" + fault, "--initramfs=none",
                         "--label=//:machine", "--output=" + state, "--description=" + description},
                        {});
  EXPECT_TRUE(result) << result.error();
  if (!result) return {};
  EXPECT_EQ(result->succeeded(), std::filesystem::exists(description));
  return {result->succeeded(), result->output, base::read_file(state).value_or("")};
}

// Otherwise the other tests could fail because the fake itself is wrong.
TEST(MakeSnapshotTest, SavesTheState) {
  const SnapshotRun run = run_with("snapshot");
  EXPECT_TRUE(run.succeeded) << run.output;
  EXPECT_EQ(run.state, "the state");
}

TEST(MakeSnapshotTest, WithoutMemory) {
  const SnapshotRun run = run_with("no_memory");
  EXPECT_FALSE(run.succeeded);
  EXPECT_TRUE(run.output.contains(
      "//:machine: the kernel did not boot, and QEMU ended with status 1. The end of its console:\n"
      "qemu: cannot set up guest memory 'ram': Cannot allocate memory"))
      << run.output;
}

TEST(MakeSnapshotTest, WithoutTimer) {
  const SnapshotRun run = run_with("timer_lost");
  EXPECT_FALSE(run.succeeded);
  EXPECT_TRUE(
      run.output.contains("//:machine: the kernel did not boot, because the host was too busy"))
      << run.output;
}

TEST(MakeSnapshotTest, WithStateThatCannotBeSaved) {
  const SnapshotRun run = run_with("snapshot_failed");
  EXPECT_FALSE(run.succeeded);
  EXPECT_TRUE(run.output.contains("//:machine: QEMU did not save the state of the VM"))
      << run.output;
  EXPECT_TRUE(run.output.contains("No space left on device")) << run.output;
}

TEST(MakeSnapshotTest, WithQemuThatEndsWhileItSaves) {
  const SnapshotRun run = run_with("snapshot_cut");
  EXPECT_FALSE(run.succeeded);
  EXPECT_TRUE(run.output.contains("//:machine: QEMU ended")) << run.output;
}

}  // namespace
}  // namespace kmod::vm
