// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The logs are those of modpost in Linux 5.10 and 6.1.
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/base/pinned_demangler.h"

namespace kmod::kbuild {
namespace {

using Messages = std::vector<std::string>;

DiagnosisContext context() {
  DiagnosisContext context{.label = "//hello:hello_ko",
                           .gpl_compatible = true,
                           .exports = {},
                           .references = {},
                           .definitions = {},
                           .parameters = {},
                           .demangler = base::Demangler(base::pinned_demangler())};
  EXPECT_TRUE(
      context.exports.add("0x1\tkfree\tvmlinux\tEXPORT_SYMBOL\t\n"
                          "0x2\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n",
                          "Module.symvers"));
  context.references = {{"kfreee", "//hello:lib", "f()"},
                        {"_ZN4kmod3Foo3barEi", "//hello:lib", "_ZN5Hello6createEv"},
                        {"kmod_param_uint_times_max", "//hello:hello", "_ZN5Hello6createEv"},
                        {"kmod_param_bool_count", "//hello:hello", "_ZN5Hello6createEv"},
                        {"alloc_workqueue", "//hello:lib", "g()"}};
  context.parameters = {{"count", "int"}};
  return context;
}

TEST(ModpostDiagnosisTest, ParameterOfAnotherType) {
  const Messages expected = {
      "//hello:hello_ko: the attribute `parameters` declares count as int, and C++ reads it as "
      "bool, in //hello:hello in Hello::create(). Use one type in both."};
  EXPECT_EQ(diagnose_modpost("ERROR: modpost: \"kmod_param_bool_count\" [hello.ko] undefined!\n",
                             context()),
            expected);
}

TEST(ModpostDiagnosisTest, UndefinedKernelSymbolOf510And61) {
  const Messages expected = {
      "//hello:hello_ko: the kernel does not export a symbol kfreee, referenced by //hello:lib in "
      "f(). Exported names near it: kfree. A function that this kernel does not export, or that is "
      "inline or a macro, cannot be linked to. If another module exports it, depend on that "
      "module."};
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: \"kfreee\" [/w/module/hello.ko] undefined!\n", context()),
      expected);
  EXPECT_EQ(
      diagnose_modpost("  MODPOST /w/module/Module.symvers\n"
                       "ERROR: modpost: \"kfreee\" [hello.ko] undefined!\n"
                       "ERROR: modpost: \"kfreee\" [hello.ko] undefined!\n"
                       "make[1]: *** [scripts/Makefile.modpost:126: Module.symvers] Error 1\n",
                       context()),
      expected);
}

TEST(ModpostDiagnosisTest, UndefinedSymbolOfAnUnknownOrigin) {
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: \"zzz\" [hello.ko] undefined!\n", context()),
      (Messages{
          "//hello:hello_ko: the kernel does not export a symbol zzz. A function that this kernel "
          "does not export, or that is inline or a macro, cannot be linked to. If another "
          "module exports it, depend on that module."}));
}

TEST(ModpostDiagnosisTest, UndefinedCxxSymbol) {
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: \"_ZN4kmod3Foo3barEi\" [hello.ko] undefined!\n", context()),
      (Messages{"//hello:hello_ko: nothing defines kmod::Foo::bar(int) (_ZN4kmod3Foo3barEi), "
                "referenced by //hello:lib in Hello::create(). It is C++, which a kernel does not "
                "export: add the cc_library that defines it to deps, or define it."}));
}

TEST(ModpostDiagnosisTest, UndefinedConstrainedFunctionInOneOfItsKind) {
  DiagnosisContext constrained = context();
  constrained.references = {
      {"_Z11constrainedIiQgtstT_Li1EEvS0_", "//hello:lib", "_Z11abbreviatedITk3BigiEvT_"}};
  const auto messages = diagnose_modpost(
      "ERROR: modpost: \"_Z11constrainedIiQgtstT_Li1EEvS0_\" [hello.ko] undefined!\n", constrained);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_TRUE(messages[0].starts_with(
      "//hello:hello_ko: nothing defines void constrained<int>(T) "
      "(_Z11constrainedIiQgtstT_Li1EEvS0_), referenced by //hello:lib in void "
      "abbreviated<int>(int). "))
      << messages[0];
}

TEST(ModpostDiagnosisTest, SaysWhyNamesAreMangled) {
  DiagnosisContext without = context();
  without.demangler = base::Demangler("");
  const auto messages =
      diagnose_modpost("ERROR: modpost: \"_ZN4kmod3Foo3barEi\" [hello.ko] undefined!\n", without);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0], "//hello:hello_ko: names are shown mangled: no --demangler was given");
  EXPECT_TRUE(messages[1].starts_with(
      "//hello:hello_ko: nothing defines _ZN4kmod3Foo3barEi (_ZN4kmod3Foo3barEi), "))
      << messages[1];
}

TEST(ModpostDiagnosisTest, UndefinedRuntimeSymbol) {
  for (const std::string symbol : {"__cxa_pure_virtual", "kmod_kmalloc", "abort"}) {
    EXPECT_EQ(
        diagnose_modpost("ERROR: modpost: \"" + symbol + "\" [hello.ko] undefined!\n", context()),
        (Messages{"//hello:hello_ko: the kernel does not export a symbol " + symbol +
                  ". It belongs to the C++ runtime: add @rules_kmod//runtime to the deps of the "
                  "library that references it."}));
  }
}

TEST(ModpostDiagnosisTest, UndefinedSymbolThatNoKernelHas) {
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: \"__udivti3\" [hello.ko] undefined!\n", context()),
      (Messages{
          "//hello:hello_ko: 128-bit division is used (__udivti3). The kernel has no "
          "function for it. Divide 64-bit values (with div64_u64() and similar functions, in a "
          "C source), or shift if the divisor is a power of two."}));
}

// C may define a function of this name, so only modpost tells that no code does.
TEST(ModpostDiagnosisTest, UndefinedFunctionOfLibm) {
  const auto messages =
      diagnose_modpost("ERROR: modpost: \"fma\" [hello.ko] undefined!\n", context());
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_TRUE(messages[0].starts_with(
      "//hello:hello_ko: a floating-point function of libm is used (fma). The kernel has no libm"))
      << messages[0];
}

TEST(ModpostDiagnosisTest, MissingParameter) {
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: \"kmod_param_uint_times_max\" [hello.ko] undefined!\n",
                       context()),
      (Messages{
          "//hello:hello_ko: the attribute `parameters` lacks the parameter times_max of type "
          "uint, referenced by //hello:hello in Hello::create(). Add it to `parameters`."}));
}

TEST(ModpostDiagnosisTest, GplOnlySymbolOf510And61) {
  DiagnosisContext proprietary = context();
  proprietary.gpl_compatible = false;
  const Messages expected = {
      "//hello:hello_ko: the kernel exports alloc_workqueue to GPL-compatible modules only "
      "(EXPORT_SYMBOL_GPL), referenced by //hello:lib in g(). The attribute `license` "
      "is not GPL-compatible: choose \"GPL\", \"Dual MIT/GPL\", \"Dual BSD/GPL\" or \"Dual "
      "MPL/GPL\" if the code may "
      "be under it, or do without the symbol."};
  EXPECT_EQ(diagnose_modpost("ERROR: modpost: GPL-incompatible module hello.ko uses GPL-only "
                             "symbol 'alloc_workqueue'\n",
                             proprietary),
            expected);
  EXPECT_EQ(diagnose_modpost("FATAL: modpost: GPL-incompatible module hello.ko uses GPL-only "
                             "symbol 'alloc_workqueue'\n",
                             proprietary),
            expected);
}

TEST(ModpostDiagnosisTest, GplOnlySymbolAlthoughTheAttributeIsFine) {
  EXPECT_EQ(
      diagnose_modpost(
          "ERROR: modpost: GPL-incompatible module hello.ko uses GPL-only symbol 'x'\n", context()),
      (Messages{"//hello:hello_ko: the kernel exports x to GPL-compatible modules only "
                "(EXPORT_SYMBOL_GPL). The attribute `license` is GPL-compatible, but modpost found "
                "another MODULE_LICENSE(): remove it from the module's C sources, or spell it as "
                "include/linux/module.h does."}));
}

TEST(ModpostDiagnosisTest, GplOnlySymbolWithoutTheAttribute) {
  DiagnosisContext only_c = context();
  only_c.gpl_compatible.reset();
  EXPECT_EQ(
      diagnose_modpost(
          "ERROR: modpost: GPL-incompatible module hello.ko uses GPL-only symbol 'x'\n", only_c),
      (Messages{
          "//hello:hello_ko: the kernel exports x to GPL-compatible modules only "
          "(EXPORT_SYMBOL_GPL). The MODULE_LICENSE() in the module's C sources is not "
          "GPL-compatible: "
          "choose \"GPL\", \"Dual MIT/GPL\", \"Dual BSD/GPL\" or \"Dual MPL/GPL\" if the code may "
          "be under it, or do without the symbol."}));
}

TEST(ModpostDiagnosisTest, Namespace) {
  EXPECT_EQ(diagnose_modpost("ERROR: modpost: module hello uses symbol dma_buf_put from namespace "
                             "DMA_BUF, but does not import it.\n",
                             context()),
            (Messages{"//hello:hello_ko: the kernel exports dma_buf_put in the namespace DMA_BUF, "
                      "which the module does not import. Add import_ns = [\"DMA_BUF\"] to the "
                      "module."}));
}

TEST(ModpostDiagnosisTest, MissingLicense) {
  EXPECT_EQ(diagnose_modpost("ERROR: modpost: missing MODULE_LICENSE() in /w/module/hello.o\n",
                             context()),
            (Messages{"//hello:hello_ko: the module has no MODULE_LICENSE(). Set the attribute "
                      "`license`, or put one into a C source."}));
}

TEST(ModpostDiagnosisTest, MissingDescription) {
  EXPECT_EQ(
      diagnose_modpost("WARNING: modpost: missing MODULE_DESCRIPTION() in hello.o\n", context()),
      (Messages{"//hello:hello_ko: the module has no MODULE_DESCRIPTION(), which this kernel asks "
                "for. Set the attribute `description`, or put one into a C source."}));
}

TEST(ModpostDiagnosisTest, ExportWithoutVersion) {
  EXPECT_EQ(
      diagnose_modpost("WARNING: modpost: EXPORT symbol \"hello_wave\" [hello.ko] version "
                       "generation failed, symbol will not be versioned.\n"
                       "Is \"hello_wave\" prototyped in <asm/asm-prototypes.h>?\n",
                       context()),
      (Messages{
          "//hello:hello_ko: the export of hello_wave has no version. kbuild computes versions "
          "only for an EXPORT_SYMBOL in a C source that it compiles for this module: move it into "
          "`srcs`, or name hello_wave in `exports`."}));
}

TEST(ModpostDiagnosisTest, SymbolWithALongName) {
  const std::string symbol =
      "_ZN6driver55a_function_with_a_name_that_says_in_full_what_it_is_forEi";
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: too long symbol \"" + symbol + "\" [hello.ko]\n",
                       context()),
      (Messages{"//hello:hello_ko: the name of "
                "driver::a_function_with_a_name_that_says_in_full_what_it_is_for(int) (" +
                symbol +
                ") is too long for the kernel to check its version, with 69 characters: it can "
                "have 55. Export it under a shorter name, in C++ as extern \"C\"."}));
}

TEST(ModpostDiagnosisTest, ExportedTwice) {
  EXPECT_EQ(
      diagnose_modpost("ERROR: modpost: hello: 'kfree' exported twice. Previous export was in "
                       "vmlinux\n"
                       "ERROR: modpost: /w/hello: 'ping' exported twice. Previous export was in "
                       "drivers/ping.ko\n",
                       context()),
      (Messages{
          "//hello:hello_ko: it exports kfree, and so does the kernel itself (vmlinux): the "
          "kernel refuses to load the second. Rename the function, or declare it static in "
          "one of them.",
          "//hello:hello_ko: it exports ping, and so does the module drivers/ping: the kernel "
          "refuses to load the second. Rename the function, or declare it static in one of "
          "them."}));
}

TEST(ModpostDiagnosisTest, LeavesOtherLinesToTheLog) {
  EXPECT_EQ(diagnose_modpost("hello/a.c:3: error: 'x' undeclared\n"
                             "ERROR: modpost: something that no version said yet\n"
                             "a.c:1: note: \"kfreee\" [x] undefined!\n",
                             context()),
            Messages());
}

}  // namespace
}  // namespace kmod::kbuild
