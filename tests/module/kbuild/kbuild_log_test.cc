// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_log.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::kbuild {
namespace {

TEST(KbuildLogTest, ShowsPathsOfTheWorkspace) {
  EXPECT_EQ(clean_log("/w/m/hello_.c:3:1: error: in /w/m/hello_.c and /w/m/x.h\n",
                      {{"/w/m/hello_.c", "hello/hello.c"}, {"/w/m/", ""}}),
            "hello/hello.c:3:1: error: in hello/hello.c and x.h\n");
  // A replacement that contains the text that it replaces must end.
  EXPECT_EQ(clean_log("/w/a\n", {{"/w", "/w/w"}}), "/w/w/a\n");
}

TEST(KbuildLogTest, ReplacesAWholePathOnlyWhereItStandsAlone) {
  const std::vector<LogReplacement> replacements = {{"x.c", "a/x.c", true}};
  EXPECT_EQ(clean_log("x.c:3: error: in x.c, not b/x.c or x.cc\n", replacements),
            "a/x.c:3: error: in a/x.c, not b/x.c or x.cc\n");
  EXPECT_EQ(clean_log("from 'x.c'\n", replacements), "from 'a/x.c'\n");
}

TEST(KbuildLogTest, DropsLinesThatSayNothingAboutTheModule) {
  EXPECT_EQ(clean_log("make[2]: *** [scripts/Makefile.modpost:126: Module.symvers] Error 1\n"
                      "make: *** [Makefile:1855: modules] Error 2\n"
                      "make[1]: Entering directory '/w'\n"
                      "make[1]: Leaving directory '/w'\n"
                      "Skipping BTF generation for hello.ko due to unavailability of vmlinux\n",
                      {}),
            "");
  const std::string kept =
      "make[3]: *** No rule to make target 'a.o', needed by 'hello.o'.  Stop.\n"
      "makefile.c:1: error: x\n"
      "Skipping BTF generation for hello.ko because pahole crashed\n";
  EXPECT_EQ(clean_log(kept, {}), kept);
}

TEST(KbuildLogTest, FindsWarningsOfEachTool) {
  for (const char* line :
       {"a.c:3:1: warning: unused variable 'x' [-Wunused-variable]",
        "WARNING: modpost: missing MODULE_DESCRIPTION() in hello.o",
        "hello.o: warning: objtool: f() falls through to next function g()",
        "ld: warning: a.o: missing .note.GNU-stack section implies executable stack",
        "a.S:1: Warning: no instruction mnemonic suffix given"}) {
    EXPECT_TRUE(has_warning(std::string("first line\n") + line + "\n")) << line;
  }
  EXPECT_FALSE(has_warning("  CC [M]  warnings.o\nMODPOST Module.symvers\n"));
  EXPECT_FALSE(has_warning(""));
}

}  // namespace
}  // namespace kmod::kbuild
