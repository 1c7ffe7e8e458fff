// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Verdicts that only a debugging kernel can give.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "kmod_rules/private/vm/verdict/judge.h"
#include "tests/vm/verdict/observed_run.h"

namespace kmod::vm {
namespace {

// Each check of a debugging kernel is a verdict of its own, by name and by exit status.
TEST(JudgeDebuggingTest, ADebuggingKernelHasVerdictsOfItsOwn) {
  const std::pair<const char*, Verdict> lines[] = {
      {"BUG: KASAN: use-after-free in hello_init+0x3c/0x50 [hello]", Verdict::kKasan},
      {"BUG: KCSAN: data-race in count [hello] / count [hello]", Verdict::kKcsan},
      {"WARNING: possible circular locking dependency detected", Verdict::kLockdep},
      {"BUG: sleeping function called from invalid context at a.c:5", Verdict::kAtomicSleep},
      {"ODEBUG: free active (active state 0) object type: timer_list hint: 0x0",
       Verdict::kObjectState},
      {"UBSAN: shift-out-of-bounds in a.c:5:3", Verdict::kUbsan},
  };
  for (const auto& [line, verdict] : lines) {
    Observation seen = good();
    log(seen, line);
    expect(seen, wanted(), verdict, line);
    Expectation allowing = wanted();
    allowing.allowed = {{Pattern(line), "on purpose"}};
    EXPECT_EQ(judge(seen, allowing).verdict, Verdict::kPass) << line;
    // What kills the process is worse.
    log(seen, kOops);
    EXPECT_EQ(judge(seen, wanted()).verdict, Verdict::kOops) << line;
  }
  // Lockdep complains of a mutex below a spinlock, too.
  Observation seen = good();
  log(seen, "BUG: sleeping function called from invalid context at a.c:5");
  log(seen, "[ BUG: Invalid wait context ]");
  EXPECT_EQ(judge(seen, wanted()).verdict, Verdict::kAtomicSleep);
  EXPECT_EQ(static_cast<int>(Verdict::kKasan), 10);
  EXPECT_EQ(verdict_name(Verdict::kAtomicSleep), "atomic_sleep");
  EXPECT_EQ(static_cast<int>(Verdict::kKcsan), 16);
  EXPECT_EQ(verdict_name(Verdict::kKcsan), "kcsan");
}

TEST(JudgeDebuggingTest, UnreachableMemoryHasACheckOfItsOwn) {
  Observation seen = good();
  const auto check = [&seen]() -> std::optional<CheckState> {
    const auto checks = judge(seen, wanted()).checks;
    const auto found = std::ranges::find(checks, "no unreachable memory", &Check::name);
    return found == checks.end() ? std::nullopt : std::optional(found->state);
  };
  EXPECT_EQ(check(), std::nullopt);
  seen.end->scanned = true;
  EXPECT_EQ(check(), CheckState::kPassed);
  expect(seen, wanted(), Verdict::kPass, "all 9 checks passed");
  seen.leaks = {{0, "unreachable memory, 576 bytes", {{"hello", ".text", 0x11, 1}}, true}};
  seen.end->leaks = 1;
  EXPECT_EQ(check(), CheckState::kFailed);
  expect(seen, wanted(), Verdict::kKmemleak,
         "unreachable memory, 576 bytes, made at hello .text+0x11");
}

}  // namespace
}  // namespace kmod::vm
