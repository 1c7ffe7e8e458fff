// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The parts of a verdict: steps, taint, names of errno values.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/vm/verdict/step_check.h"
#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {
namespace {

TEST(ErrnoNameTest, KnowsNumbersAndNames) {
  EXPECT_EQ(base::describe_errno(12), "ENOMEM (Cannot allocate memory)");
  EXPECT_EQ(base::describe_errno(512), "ERESTARTSYS (512, which only the kernel uses)");
  EXPECT_EQ(base::describe_errno(531), "ENOGRACE (531, which only the kernel uses)");
  EXPECT_EQ(base::describe_errno(520), "errno 520");
  EXPECT_EQ(base::describe_errno(5000), "errno 5000");
  EXPECT_EQ(base::parse_errno("EPROBE_DEFER"), 517);
  EXPECT_EQ(base::parse_errno("EINVAL"), 22);
  EXPECT_EQ(base::parse_errno("EWRONG").error(),
            "\"EWRONG\" is not the name of an errno; write it as in errno(3), such as EINVAL");
}

TEST(TaintTest, KnowsBitsAndLetters) {
  EXPECT_EQ(describe_taint(0), "none");
  EXPECT_EQ(describe_taint(kTaintExpected), "O (out-of-tree module), E (unsigned module)");
  EXPECT_EQ(describe_taint(kTaintWarned | 1ULL << 40), "W (warning), bit 40");
  EXPECT_EQ(parse_taint("OE"), kTaintExpected);
  EXPECT_EQ(parse_taint("D"), kTaintDied);
  EXPECT_EQ(parse_taint("Z").error(),
            "'Z' is not a taint letter; the kernel's are PFSRMBUDAWCIOELKXTNJ");
}

TEST(StepCheckTest, ListsAllCycles) {
  Expectation expectation;
  expectation.modules = {{"a", 0}, {"b", 22}, {"c", 0}};
  expectation.programs = {"p"};
  expectation.reloads = 1;
  const std::vector<ExpectedStep> steps = expected_steps(expectation);
  ASSERT_EQ(steps.size(), 12U);
  for (std::uint32_t cycle = 0; cycle < 2; ++cycle) {
    const auto first = steps.begin() + std::ptrdiff_t{6} * cycle;
    const std::vector<ExpectedStep> one(first, first + 6);
    EXPECT_EQ(one, (std::vector<ExpectedStep>{{{StepKind::kLoad, cycle, "a"}, 0},
                                              {{StepKind::kLoad, cycle, "b"}, 22},
                                              {{StepKind::kLoad, cycle, "c"}, 0},
                                              {{StepKind::kProgram, cycle, "p"}, 0},
                                              {{StepKind::kUnload, cycle, "c"}, 0},
                                              {{StepKind::kUnload, cycle, "a"}, 0}}));
  }
}

TEST(StepCheckTest, KeepsModulesThatAreToStay) {
  Expectation expectation;
  expectation.modules = {{"a", 0}};
  expectation.keep = true;
  EXPECT_EQ(expected_steps(expectation),
            (std::vector<ExpectedStep>{{{StepKind::kLoad, 0, "a"}, 0}}));
}

TEST(StepCheckTest, TakesStockModulesOnce) {
  Expectation expectation;
  expectation.stock = {{"configfs"}, {"crc32c_intel", true}};
  expectation.modules = {{"a", 0}};
  expectation.reloads = 1;
  const std::vector<ExpectedStep> steps = expected_steps(expectation);
  ASSERT_EQ(steps.size(), 8U);
  EXPECT_EQ(steps[0], (ExpectedStep{{StepKind::kLoad, 0, "configfs"}, 0, true, false}));
  EXPECT_EQ(steps[1], (ExpectedStep{{StepKind::kLoad, 0, "crc32c_intel"}, 0, true, true}));
  EXPECT_EQ(steps[6], (ExpectedStep{{StepKind::kUnload, 0, "crc32c_intel"}, 0, true, true}));
  EXPECT_EQ(steps[7], (ExpectedStep{{StepKind::kUnload, 0, "configfs"}, 0, true, true}));
  using enum StepOutcome;
  EXPECT_EQ(check_step(steps[0], {steps[0].step, kReturned, 12, 1}),
            "loading the kernel's module configfs failed with ENOMEM (Cannot allocate memory); the "
            "kernel does not say why, so the module's init may have returned it");
  EXPECT_EQ(check_step(steps[1], {steps[1].step, kReturned, 19, 1}), std::nullopt);
  EXPECT_EQ(check_step(steps[7], {steps[7].step, kReturned, 16, 1}), std::nullopt);
  EXPECT_NE(check_step(steps[7], {steps[7].step, kDied, 9, 1}), std::nullopt);
  expectation.keep = true;
  EXPECT_EQ(expected_steps(expectation).size(), 4U);
}

TEST(StepCheckTest, LetsModulesAndProgramsFailWithoutMemory) {
  Expectation expectation;
  expectation.modules = {{"a", 0}, {"b", 0}};
  expectation.programs = {"p"};
  expectation.fail_allocations = true;
  using enum StepOutcome;
  Observation seen;
  seen.failures = {{2, "kstrdup() at b_init+0x1f/0x60 [b]"}, {3, ""}};
  seen.steps = {{{StepKind::kLoad, 2, "a"}, kReturned, 0, 1},
                {{StepKind::kLoad, 2, "b"}, kReturned, 12, 1}};
  const std::vector<ExpectedStep> steps = expected_steps(expectation, seen);
  ASSERT_EQ(steps.size(), 14U);
  // The first cycle is as always, and so is the last one, in which nothing failed.
  EXPECT_EQ(std::vector<ExpectedStep>(steps.begin() + 5, steps.begin() + 9),
            (std::vector<ExpectedStep>{{{StepKind::kLoad, 2, "a"}, 0, false, true},
                                       {{StepKind::kLoad, 2, "b"}, 0, false, true},
                                       {{StepKind::kProgram, 2, "p"}, 0, false, true},
                                       {{StepKind::kUnload, 2, "a"}, 0, false, false}}));
  EXPECT_EQ(steps[9], (ExpectedStep{{StepKind::kLoad, 3, "a"}, 0, false, false}));
  seen.begun = {{{StepKind::kLoad, 1, "a"}}};
  EXPECT_EQ(expected_steps(expectation, seen).size(), 19U);
  EXPECT_EQ(check_step(steps[6], seen.steps[1]), std::nullopt);
  EXPECT_EQ(check_step(steps[7], {steps[7].step, kReturned, 1, 1}), std::nullopt);
  EXPECT_NE(check_step(steps[7], {steps[7].step, kDied, 11, 1}), std::nullopt);
  EXPECT_EQ(check_step(steps[6], {steps[6].step, kReturned, -1, 1}),
            "loading b failed with the return value 1; the kernel does not say why, so the "
            "module's init may have returned it");
}

TEST(StepCheckTest, NamesSteps) {
  EXPECT_EQ(step_name({StepKind::kLoad, 3, "a"}, 2), "load a (once more)");
  EXPECT_EQ(step_name({StepKind::kLoad, 5, "a"}, 2), "load a (without allocation 2)");
  EXPECT_EQ(step_name({StepKind::kProgram, 0, "p"}, 0), "program p");
  EXPECT_EQ(step_name({StepKind::kLoad, 0, "a"}, 0), "load a");
  EXPECT_EQ(step_name({StepKind::kUnload, 1, "a"}, 2), "unload a (cycle 2 of 3)");
}

TEST(StepCheckTest, SaysWhatWentWrong) {
  const Step load{StepKind::kLoad, 0, "a"};
  const Step unload{StepKind::kUnload, 0, "a"};
  using enum StepOutcome;
  EXPECT_EQ(check_step({load, 0}, {load, kReturned, 0, 1}), std::nullopt);
  EXPECT_EQ(check_step({load, 22}, {load, kReturned, 22, 1}), std::nullopt);
  EXPECT_EQ(check_step({load, 0}, {load, kReturned, 12, 1}),
            "loading a failed with ENOMEM (Cannot allocate memory); the kernel does not say why, "
            "so the module's init may have returned it");
  EXPECT_EQ(check_step({load, 0}, {load, kReturned, 2, 1}),
            "loading a failed with ENOENT (No such file or directory); the kernel does not say "
            "why, so the module's init may have returned it");
  const std::vector<std::string> log = {"b: Unknown symbol x (err -2)",
                                        "a: Unknown symbol y (err -2)",
                                        "a: module license 'x' taints kernel."};
  EXPECT_EQ(check_step({load, 0}, {load, kReturned, 2, 1}, log),
            "loading a failed with ENOENT (No such file or directory); the kernel says: a: Unknown "
            "symbol y (err -2)");
  EXPECT_EQ(check_step({load, 11}, {load, kReturned, 5000, 1}),
            "loading a failed with errno 5000, but has to fail with EAGAIN (Resource temporarily "
            "unavailable); the kernel does not say why, so the module's init may have returned it");
  EXPECT_EQ(check_step({load, 0}, {load, kReturned, -7, 1}),
            "loading a failed with the return value 7; the kernel does not say why, so the "
            "module's init may have returned it");
  EXPECT_EQ(check_step({load, 22}, {load, kReturned, 0, 1}),
            "loading a succeeded, but has to fail with EINVAL (Invalid argument)");
  EXPECT_EQ(
      check_step({load, 22}, {load, kReturned, 12, 1}),
      "loading a failed with ENOMEM (Cannot allocate memory), but has to fail with EINVAL "
      "(Invalid argument); the kernel does not say why, so the module's init may have returned it");
  EXPECT_EQ(check_step({unload, 0}, {unload, kReturned, 11, 1}),
            "unloading a failed with EAGAIN (Resource temporarily unavailable); something still "
            "holds a reference to it");
  EXPECT_EQ(check_step({load, 0}, {load, kDied, 9, 1}),
            "loading a killed the process that did it, with signal 9 (SIGKILL)");
  EXPECT_EQ(check_step({unload, 0}, {unload, kStillListed, 0, 1}),
            "unloading a returned 0, but /proc/modules still lists the module");
  EXPECT_EQ(check_step({load, 0}, {load, kNoFile, 2, 0}),
            "loading a: its file cannot be opened in the initramfs: ENOENT (No such file or "
            "directory)");
  EXPECT_EQ(check_step({load, 0}, {load, kTimedOut, 0, 2'500'000}),
            "loading a did not return within 2.5 s");
  EXPECT_FALSE(is_left_loaded({load, kReturned, 12, 1}));
  EXPECT_FALSE(is_left_loaded({unload, kReturned, 0, 1}));
  EXPECT_TRUE(is_left_loaded({unload, kReturned, 11, 1}));
  EXPECT_FALSE(is_left_loaded({unload, kReturned, 2, 1}));
  EXPECT_TRUE(is_left_loaded({unload, kStillListed, 0, 1}));
}

TEST(StepCheckTest, SaysWhatWentWrongWithAProgram) {
  const Step program{StepKind::kProgram, 0, "p"};
  using enum StepOutcome;
  EXPECT_EQ(check_step({program, 0}, {program, kReturned, 0, 1}), std::nullopt);
  EXPECT_EQ(check_step({program, 0}, {program, kReturned, 3, 1}),
            "the program p exited with status 3");
  EXPECT_EQ(check_step({program, 0}, {program, kDied, 11, 1}),
            "the program p was killed by signal 11 (SIGSEGV)");
  EXPECT_EQ(check_step({program, 0}, {program, kNoFile, 2, 1}),
            "the program p cannot be started: ENOENT (No such file or directory)");
  EXPECT_EQ(check_step({program, 0}, {program, kTimedOut, 0, 12'345'678}),
            "the program p did not end within 12.3 s");
}

}  // namespace
}  // namespace kmod::vm
