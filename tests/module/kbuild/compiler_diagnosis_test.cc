// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The messages of one file are tested by the modules of tests/module/failures.
#include "kmod_rules/private/module/kbuild/compiler_diagnosis.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmod::kbuild {
namespace {

using Messages = std::vector<std::string>;

KbuildRequest project() {
  KbuildRequest request;
  request.label = "//card:card";
  request.mode = KbuildRequest::Mode::kProject;
  request.sources = {{"card/card.c", "card.c"}, {"card/hal/include/hal.h", "hal/include/hal.h"}};
  return request;
}

DiagnosisContext context(std::vector<link::SymbolDefinition> definitions) {
  return {.label = "//card:card",
          .gpl_compatible = true,
          .exports = {},
          .references = {},
          .definitions = std::move(definitions),
          .parameters = {},
          .demangler = base::Demangler("")};
}

TEST(CompilerDiagnosisTest, SendsAProjectToItsMakefile) {
  EXPECT_EQ(
      diagnose_compiler("card/card.c:2:10: fatal error: hal.h: No such file or directory\n",
                        project(), context({})),
      (Messages{"//card:card: card/card.c includes hal.h, which is card/hal/include/hal.h and "
                "not in a directory that C is compiled with. Add -I$(src)/hal/include to "
                "ccflags-y of the Makefile, relative to its own directory."}));
}

TEST(CompilerDiagnosisTest, AsksAProjectForTheFile) {
  EXPECT_EQ(
      diagnose_compiler("card/card.c:2:10: fatal error: al.h: No such file or directory\n",
                        project(), context({})),
      (Messages{"//card:card: card/card.c includes al.h, which is neither a file of the target "
                "nor a header of the kernel. Add the file to srcs."}));
}

TEST(CompilerDiagnosisTest, SaysEachThingOnce) {
  const std::string line =
      "a.c:2:10: error: implicit declaration of function 'f' "
      "[-Werror=implicit-function-declaration]\n";
  EXPECT_EQ(diagnose_compiler(line + line, project(), context({})).size(), 1u);
}

TEST(CompilerDiagnosisTest, KnowsTheOwnersOfASymbol) {
  KbuildRequest request;
  request.label = "//card:card";
  EXPECT_EQ(
      diagnose_compiler("ld: b.o: in function `f':\nb.c:1: multiple definition of `f'; a.o:a.c:1: "
                        "first defined here\n",
                        request, context({{"f", "card/a.c"}, {"f", "//card:lib"}, {"g", "c.c"}})),
      (Messages{"//card:card: f is defined more than once, by card/a.c and //card:lib. Declare "
                "it static in all but one, or rename it."}));
}

TEST(CompilerDiagnosisTest, IsSilentAboutOthers) {
  EXPECT_EQ(diagnose_compiler("a.c:2:10: error: expected ';' before 'int'\nld: cannot find x.o: No "
                              "such file or directory\n",
                              project(), context({})),
            Messages());
}

}  // namespace
}  // namespace kmod::kbuild
