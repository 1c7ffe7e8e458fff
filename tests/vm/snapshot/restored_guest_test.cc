// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a kernel_module_test from a snapshot, whatever --define=kmod_vm_snapshots says. The
// arguments are the test, the snapshot's state and its description.

#include <gtest/gtest.h>
#include <time.h>

#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {
namespace {

constexpr const char* kContinues = "the kernel was booted before, and continues from a snapshot\n";

std::string inner_test;
std::string state_file;
std::string description_file;

struct GuestRun {
  Verdict verdict = Verdict::kInfrastructure;
  std::string output;
};

GuestRun run(const std::string& state, std::vector<std::string> more = {}) {
  std::vector<std::string> command = {inner_test, "--snapshot=" + state,
                                      "--snapshot-description=" + description_file};
  command.insert(command.end(), more.begin(), more.end());
  const auto result = base::run_process(command, {"PATH=/usr/bin:/bin"});
  EXPECT_TRUE(result) << result.error();
  if (!result) return {};
  return {static_cast<Verdict>(result->exit_code), result->output};
}

// What the guest printed behind `word`.
std::string value(const GuestRun& run, const std::string& word) {
  const std::string start = "guest_state| " + word + " ";
  for (const std::string_view line : base::split_lines(run.output)) {
    if (line.starts_with(start)) return std::string(line.substr(start.size()));
  }
  return "";
}

TEST(RestoredGuestTest, HasTheTimeOfTheHostAndItsOwnRandomNumbers) {
  GuestRun runs[2];
  for (GuestRun& guest : runs) {
    const time_t before = time(nullptr);
    guest = run(state_file);
    const time_t after = time(nullptr);
    EXPECT_EQ(guest.verdict, Verdict::kPass) << guest.output;
    EXPECT_TRUE(guest.output.starts_with(kContinues)) << guest.output;
    const auto seen = base::parse_number<std::int64_t>(value(guest, "time"));
    ASSERT_TRUE(seen) << guest.output;
    EXPECT_GE(*seen, before);
    EXPECT_LE(*seen, after);
    EXPECT_EQ(value(guest, "panic_on_warn"), "1");
    EXPECT_EQ(value(guest, "random").size(), 16U);
  }
  EXPECT_NE(value(runs[0], "random"), value(runs[1], "random"));
}

TEST(RestoredGuestTest, SurvivesWarningsThatAreAllowed) {
  const GuestRun guest = run(state_file, {"--allow=odd", "--reason=harmless"});
  EXPECT_TRUE(guest.output.starts_with(kContinues)) << guest.output;
  EXPECT_EQ(value(guest, "panic_on_warn"), "0");
}

TEST(RestoredGuestTest, BootsAsAnotherMachine) {
  const GuestRun guest = run(state_file, {"--cpus=2"});
  EXPECT_EQ(guest.verdict, Verdict::kPass) << guest.output;
  EXPECT_TRUE(guest.output.starts_with(
      "the kernel boots: the snapshot is of another machine than the flags describe\n"))
      << guest.output;
}

TEST(RestoredGuestTest, DoesNotPassFromADamagedState) {
  const std::string cut = testing::TempDir() + "/cut";
  std::filesystem::remove(cut);
  std::filesystem::copy_file(state_file, cut);
  std::filesystem::permissions(cut, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
  const GuestRun guest = run(cut);
  EXPECT_EQ(guest.verdict, Verdict::kInfrastructure) << guest.output;
  EXPECT_TRUE(guest.output.contains("QEMU ended with status 1")) << guest.output;
}

TEST(RestoredGuestTest, DoesNotPassWithoutAState) {
  const GuestRun guest = run("no/state");
  EXPECT_EQ(guest.verdict, Verdict::kInfrastructure) << guest.output;
  EXPECT_TRUE(guest.output.contains("no/state: ENOENT")) << guest.output;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 4) return 2;
  kmod::vm::inner_test = argv[1];
  kmod::vm::state_file = argv[2];
  kmod::vm::description_file = argv[3];
  return RUN_ALL_TESTS();
}
