// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/project_build.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kmod::import_kbuild {
namespace {

using Variables = std::map<std::string, std::string>;

TEST(ProjectBuildTest, ParsesOverrides) {
  EXPECT_EQ(
      parse_overrides(R"(CONFIG_A=m FLAGS=-Da\ -Db=1 EMPTY= M=/tmp/x B:=y)"),
      (Variables{
          {"CONFIG_A", "m"}, {"FLAGS", "-Da -Db=1"}, {"EMPTY", ""}, {"M", "/tmp/x"}, {"B", "y"}}));
  EXPECT_EQ(parse_overrides(""), Variables());
}

TEST(ProjectBuildTest, KeepsTheFirstCallForEachDirectory) {
  const std::vector<KbuildCall> calls = parse_record(
      "M /tmp/x\nV CONFIG_A=m\nE EXPORTED=1 2\nE CONFIG_A=y\n"
      "M /tmp/x/\nV need-builtin=1\nE OTHER=1\n"
      "M /tmp/y\nV \n");
  EXPECT_EQ(calls, (std::vector<KbuildCall>{{"/tmp/x", {{"CONFIG_A", "m"}, {"EXPORTED", "1 2"}}},
                                            {"/tmp/y", {}}}));
}

TEST(ProjectBuildTest, CollectsMakefiles) {
  EXPECT_EQ(parse_makefiles("M /x\nF /k/Makefile.build  /x/Kbuild\nV A=1\nF /x/sub/Kbuild\n"),
            (std::set<std::string>{"/k/Makefile.build", "/x/Kbuild", "/x/sub/Kbuild"}));
}

}  // namespace
}  // namespace kmod::import_kbuild
