// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The verdict of a run whose results cannot be written.

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

TEST(LostResultsTest, TurnAPassIntoInfrastructure) {
  Judgment judgment = judge(good(), wanted());
  note_lost_results(judgment, "no space");
  EXPECT_EQ(judgment.verdict, Verdict::kInfrastructure);
  EXPECT_EQ(judgment.reason, "the run passed, but its results are lost: no space");
  EXPECT_EQ(judgment.checks.back().state, CheckState::kFailed);
  EXPECT_EQ(judgment.checks.back().verdict, Verdict::kInfrastructure);
}

TEST(LostResultsTest, KeepAFailure) {
  Observation seen = good();
  seen.steps[0].code = ENOMEM;
  Judgment judgment = judge(seen, wanted());
  const std::size_t checks = judgment.checks.size();
  note_lost_results(judgment, "no space");
  EXPECT_EQ(judgment.verdict, Verdict::kFail);
  EXPECT_TRUE(judgment.reason.ends_with("; results of the run are lost: no space"));
  EXPECT_EQ(judgment.checks.size(), checks);
  EXPECT_EQ(judgment.checks.back().detail, judgment.reason);
}

}  // namespace
}  // namespace kmod::vm
