// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"

#include <gtest/gtest.h>

#include "tests/module/kbuild/kbuild_paths.h"

namespace kmod::kbuild {
namespace {

TEST(KbuildStepsTest, ReadsVariablesAndSteps) {
  const auto steps = parse_steps(
      "variable KBUILD_CPPFLAGS=-D__KERNEL__ @@MODULE@/.prefix_maps\n"
      "variable EMPTY=\n"
      "variable LINES=a\001b=c\n"
      "step @KERNEL@/build\n"
      "argument -f\n"
      "argument @KERNEL@/scripts/Makefile.build\n"
      "argument obj=@MODULE@\n"
      "step @MODULE@\n"
      "argument CONFIG_SHELL=@TOOLS@/sh\n",
      kPaths);
  ASSERT_TRUE(steps) << steps.error();
  const KbuildSteps expected = {
      .variables = {{"KBUILD_CPPFLAGS", "-D__KERNEL__ @/w/out/module/.prefix_maps"},
                    {"EMPTY", ""},
                    {"LINES", "a\nb=c"}},
      .steps = {{"/k/build", {"-f", "/k/scripts/Makefile.build", "obj=/w/out/module"}},
                {"/w/out/module", {"CONFIG_SHELL=/t/sh"}}}};
  EXPECT_EQ(*steps, expected);
}

TEST(KbuildStepsTest, RefusesOtherLines) {
  for (const std::string line : {"variable NAME", "argument -f", "steps", "\n"}) {
    const auto steps = parse_steps(line + "\n", kPaths);
    ASSERT_FALSE(steps) << line;
    EXPECT_EQ(steps.error(), "kbuild_steps of the kernel has the line \"" +
                                 (line == "\n" ? "" : line) + "\", which its fetch does not write");
  }
}

}  // namespace
}  // namespace kmod::kbuild
