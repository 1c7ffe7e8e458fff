// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The logs are those of objtool in Linux 5.10, 6.1 and 6.12.
#include "kmod_rules/private/module/kbuild/objtool_diagnosis.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/base/pinned_demangler.h"

namespace kmod::kbuild {
namespace {

using Messages = std::vector<std::string>;

DiagnosisContext context() {
  return {.label = "//hello:hello_ko",
          .gpl_compatible = true,
          .exports = {},
          .references = {},
          .definitions = {{"fast_add", "//hello:fast"},
                          {"_ZN5Hello4waveEi", "//hello:hello"},
                          {"same", "//hello:a"},
                          {"same", "//hello:b"}},
          .parameters = {},
          .demangler = base::Demangler(base::pinned_demangler())};
}

TEST(ObjtoolDiagnosisTest, NamesFunctionLibraryAndRemedy) {
  EXPECT_EQ(
      diagnose_objtool("hello.o: warning: objtool: fast_add+0x3: 'naked' return found in RETHUNK "
                       "build\n",
                       context()),
      (Messages{
          "//hello:hello_ko: fast_add() of //hello:fast returns without the kernel's return thunk, "
          "which the mitigation of Retbleed needs. In assembler, include <linux/linkage.h> and "
          "write RET instead of ret: srcs of kernel_module and of kernel_c_library take .S files "
          "with the kernel's headers. An object that was compiled elsewhere needs "
          "-mfunction-return=thunk-extern."}));
}

TEST(ObjtoolDiagnosisTest, KnowsEachKind) {
  const std::pair<std::string, std::string> cases[] = {
      {"fast_add+0x3: 'naked' return found in MITIGATION_RETHUNK build", "return thunk"},
      {"fast_add+0x3: indirect call found in RETPOLINE build", "without a retpoline"},
      {"fast_add()+0x3: indirect jump found in RETPOLINE build", "without a retpoline"},
      {"fast_add+0x3: missing int3 after ret", "no int3"},
      {"fast_add+0x3: unreachable instruction", "nothing reaches"},
      {"fast_add() falls through to next function f()", "past its end"},
      {"fast_add+0x3: can't find jump dest instruction at .text+0x18", "no instruction begins"},
      {"fast_add+0x3: can't find call dest symbol at .text+0x18", "no instruction begins"},
      {"fast_add+0x3: unannotated intra-function call", "not a function"},
      {"fast_add()+0x3: undefined stack state", "stack pointer"},
      {"fast_add+0x3: stack state mismatch: cfa1=4+16 cfa2=4+8", "stack pointer"},
      {"fast_add+0x3: return with modified stack frame", "stack pointer"},
      {"fast_add+0x3: unsupported stack register modification", "stack pointer"},
      {"fast_add+0x3: call without frame pointer save/setup", "frame pointer"},
      {"fast_add+0x3: BP used as a scratch register", "frame pointer"},
      {"fast_add+0x3: relocation to !ENDBR: g+0x0", "ENDBR"},
      {"fast_add+0x3: call to g() with UACCESS enabled", "user_access_begin()"},
      {"fast_add+0x3: return with DF set", "direction flag"},
  };
  for (const auto& [warning, text] : cases) {
    const Messages messages =
        diagnose_objtool("/w/hello.o: warning: objtool: " + warning + "\n", context());
    ASSERT_EQ(messages.size(), 1u) << warning;
    EXPECT_TRUE(messages[0].starts_with("//hello:hello_ko: fast_add() of //hello:fast "))
        << messages[0];
    EXPECT_NE(messages[0].find(text), std::string::npos) << messages[0];
  }
}

TEST(ObjtoolDiagnosisTest, DemanglesAndDoesNotRepeat) {
  const Messages messages = diagnose_objtool(
      "hello.o: warning: objtool: _ZN5Hello4waveEi+0x3: unreachable instruction\n"
      "hello.o: warning: objtool: _ZN5Hello4waveEi+0x9: unreachable instruction\n"
      "hello.o: warning: objtool: same+0x9: unreachable instruction\n"
      "hello.o: warning: objtool: other+0x9: unreachable instruction\n",
      context());
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_TRUE(messages[0].starts_with(
      "//hello:hello_ko: Hello::wave(int) of //hello:hello has instructions that nothing reaches."))
      << messages[0];
  EXPECT_TRUE(messages[1].starts_with("//hello:hello_ko: same() of //hello:a or //hello:b has "))
      << messages[1];
  EXPECT_TRUE(messages[2].starts_with("//hello:hello_ko: other() has ")) << messages[2];
}

TEST(ObjtoolDiagnosisTest, NamesThePlaceWithoutAFunction) {
  const Messages messages = diagnose_objtool(
      "hello.o: warning: objtool: can't decode instruction at .text:0x12\n"
      "hello.o: warning: objtool: .text+0x40: unreachable instruction\n",
      context());
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_TRUE(messages[0].starts_with(
      "//hello:hello_ko: code at .text:0x12 has an instruction that this kernel's objtool does not "
      "know."))
      << messages[0];
  EXPECT_TRUE(messages[1].starts_with("//hello:hello_ko: code at .text+0x40 has instructions "))
      << messages[1];
}

TEST(ObjtoolDiagnosisTest, LeavesOtherLinesToTheLog) {
  EXPECT_EQ(diagnose_objtool("a.c:1: warning: unreachable instruction\n"
                             "hello.o: warning: objtool:   fast_add+0x3: (branch)\n"
                             "hello.o: warning: objtool: elf_begin: no file\n",
                             context()),
            Messages());
}

}  // namespace
}  // namespace kmod::kbuild
