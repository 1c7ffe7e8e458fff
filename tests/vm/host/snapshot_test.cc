// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/snapshot.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::vm {
namespace {

constexpr std::uint32_t kKhz = 2'600'000;

TEST(SnapshotTest, IsRestoredForTheSameMachine) {
  Machine machine;
  machine.kernel_arguments = {"slub_debug=FZP"};
  const std::string description = describe_snapshot(machine, kKhz);
  machine.kernel = "another path";
  machine.survives_warnings = true;
  const auto reason = why_boot(description, machine, kKhz + 1000);
  ASSERT_TRUE(reason) << reason.error();
  EXPECT_EQ(*reason, std::nullopt);
}

TEST(SnapshotTest, BootsAnotherMachine) {
  const std::string description = describe_snapshot(Machine{}, kKhz);
  const auto boots = [&description](const Machine& machine) {
    const auto reason = why_boot(description, machine, kKhz);
    return reason && *reason == "the snapshot is of another machine than the flags describe";
  };
  EXPECT_FALSE(boots(Machine{}));
  EXPECT_TRUE(boots(Machine{.type = "pc"}));
  EXPECT_TRUE(boots(Machine{.accelerator = Accelerator::kKvm}));
  EXPECT_TRUE(boots(Machine{.cpus = 2}));
  EXPECT_TRUE(boots(Machine{.memory_mib = 512}));
  EXPECT_TRUE(boots(Machine{.devices = {"edu"}}));
  EXPECT_TRUE(boots(Machine{.kernel_arguments = {"debugfs=off"}}));
}

TEST(SnapshotTest, BootsOnAHostWithAnotherClock) {
  const std::string description = describe_snapshot(Machine{}, kKhz);
  for (const std::uint32_t khz : {2'500'000U, 2'700'000U, 0U}) {
    const auto reason = why_boot(description, Machine{}, khz);
    ASSERT_TRUE(reason) << reason.error();
    EXPECT_EQ(*reason, "the processor's clock has " + std::to_string(khz) +
                           " kHz, and had 2600000 kHz for the snapshot");
  }
}

TEST(SnapshotTest, RefusesWhatDescribesNoSnapshot) {
  for (const char* text : {"", "tsc_khz: ", "tsc_khz: many\n", "machine: microvm\n"}) {
    const auto reason = why_boot(text, Machine{}, kKhz);
    ASSERT_FALSE(reason) << text;
    EXPECT_EQ(reason.error(), "does not describe a snapshot");
  }
}

}  // namespace
}  // namespace kmod::vm
