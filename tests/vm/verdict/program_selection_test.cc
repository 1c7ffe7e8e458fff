// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/program_selection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace kmod::vm {
namespace {

using Names = std::vector<std::string>;

Expectation four_programs() {
  Expectation expectation;
  expectation.programs = {"ioctl_test", "mmap_test", "poll-test", "stress"};
  return expectation;
}

Expectation selected(const RunRequest& request) {
  Expectation expectation = four_programs();
  const auto status = select_programs(request, expectation);
  EXPECT_TRUE(status) << status.error();
  return expectation;
}

std::string error_of(const RunRequest& request) {
  Expectation expectation = four_programs();
  const auto status = select_programs(request, expectation);
  return status ? "" : status.error();
}

TEST(ProgramSelectionTest, RunsAllUnlessAsked) {
  EXPECT_EQ(selected({}), four_programs());
  EXPECT_EQ(selected({"", "0", "1"}), four_programs());
}

TEST(ProgramSelectionTest, Filters) {
  const Expectation some = selected({"*_test:stress", "", ""});
  EXPECT_EQ(some.programs, (Names{"ioctl_test", "mmap_test", "stress"}));
  EXPECT_EQ(
      some.skipped_programs,
      (std::vector<SkippedCase>{{"poll-test", "--test_filter=*_test:stress does not match it"}}));
}

TEST(ProgramSelectionTest, EachProgramIsInOneShard) {
  Names all;
  for (const char* index : {"0", "1", "2"}) {
    const Expectation shard = selected({"", index, "3"});
    EXPECT_EQ(shard.programs.size() + shard.skipped_programs.size(), 4U);
    all.insert(all.end(), shard.programs.begin(), shard.programs.end());
  }
  std::ranges::sort(all);
  EXPECT_EQ(all, four_programs().programs);
}

TEST(ProgramSelectionTest, RefusesARunWithoutPrograms) {
  EXPECT_EQ(error_of({"ioctl", "", ""}),
            "--test_filter=ioctl matches no program of this test; its programs are ioctl_test, "
            "mmap_test, "
            "poll-test, stress");
  Expectation none;
  EXPECT_EQ(
      select_programs({"x", "", ""}, none).error(),
      "--test_filter=x matches no program of this test; it has no programs, so run it without a "
      "filter");
}

TEST(ProgramSelectionTest, RefusesShardsThatDoNotExist) {
  for (const auto& [index, count] : {std::pair{"3", "3"}, {"x", "3"}, {"", "3"}, {"0", "0"}}) {
    EXPECT_EQ(error_of({"", index, count}),
              std::string("the environment's TEST_SHARD_INDEX is \"") + index +
                  "\" and its TEST_TOTAL_SHARDS is \"" + count +
                  "\"; the index has to be a number below the total");
  }
}

}  // namespace
}  // namespace kmod::vm
