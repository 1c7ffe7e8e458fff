// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/snapshot.h"

#include <gtest/gtest.h>

#include <functional>
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
  const std::function<void(Machine&)> changes[] = {
      [](Machine& machine) { machine.type = "pc"; },
      [](Machine& machine) { machine.accelerator = Accelerator::kKvm; },
      [](Machine& machine) { machine.cpus = 2; },
      [](Machine& machine) { machine.memory_mib = 512; },
      [](Machine& machine) { machine.devices = {"edu"}; },
      [](Machine& machine) { machine.kernel_arguments = {"debugfs=off"}; },
  };
  for (const auto& change : changes) {
    Machine machine;
    change(machine);
    EXPECT_TRUE(boots(machine)) << &change - changes;
  }
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
