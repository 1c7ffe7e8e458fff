// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What becomes of a verdict whose files cannot be written.

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/vm/observed_run.h"

namespace kmod::vm {
namespace {

TEST(LostResultsTest, MakeAPassNone) {
  Judgement judgement = judge(good(), wanted());
  note_lost_results(judgement, "no space");
  EXPECT_EQ(judgement.verdict, Verdict::infrastructure);
  EXPECT_EQ(judgement.reason, "the run passed, but its results are lost: no space");
  EXPECT_EQ(judgement.checks.back().state, CheckState::failed);
  EXPECT_EQ(judgement.checks.back().verdict, Verdict::infrastructure);
}

TEST(LostResultsTest, LeaveAFailureWhatItIs) {
  Observation seen = good();
  seen.steps[0].code = ENOMEM;
  Judgement judgement = judge(seen, wanted());
  const std::size_t checks = judgement.checks.size();
  note_lost_results(judgement, "no space");
  EXPECT_EQ(judgement.verdict, Verdict::fail);
  EXPECT_TRUE(judgement.reason.ends_with("; results of the run are lost: no space"));
  EXPECT_EQ(judgement.checks.size(), checks);
  EXPECT_EQ(judgement.checks.back().detail, judgement.reason);
}

}  // namespace
}  // namespace kmod::vm
