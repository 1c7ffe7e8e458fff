// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/forbidden_symbol.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::link {
namespace {

void expect_all(const std::vector<std::string>& symbols, const std::string& what) {
  for (const std::string& symbol : symbols) {
    const ForbiddenKind* const kind = forbidden_kind(symbol);
    ASSERT_NE(kind, nullptr) << symbol;
    EXPECT_EQ(kind->what, what) << symbol;
  }
}

TEST(ForbiddenSymbolTest, KnowsEachKind) {
  expect_all({"_Znwm", "_Znam", "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t"},
             "plain operator new is");
  expect_all({"__cxa_atexit", "atexit"}, "a constructor or destructor of a static object is");
  expect_all({"__cxa_guard_acquire", "__cxa_guard_release", "__cxa_guard_abort"},
             "a static variable of a function, constructed on first use, is");
  expect_all({"__cxa_throw", "__cxa_begin_catch", "__gxx_personality_v0", "_Unwind_Resume"},
             "exceptions, or tables to unwind the stack for them, are");
  expect_all({"__dynamic_cast", "_ZTVN10__cxxabiv120__si_class_type_infoE"},
             "dynamic_cast or typeid is");
  expect_all({"__tls_get_addr"}, "thread_local is");
  expect_all({"__divti3", "__udivti3", "__modti3", "__umodti3"}, "128-bit division is");
}

// One routine for each row of libgcc's soft-float page that a compiler can emit a call to.
TEST(ForbiddenSymbolTest, KnowsLibgccsFloatingPointRoutines) {
  expect_all({"__addsf3",      "__adddf3",     "__addtf3",     "__addxf3",      "__subdf3",
              "__muldf3",      "__divxf3",     "__negdf2",     "__extendsfdf2", "__extendsftf2",
              "__extenddfxf2", "__truncxfdf2", "__truncdfsf2", "__extendhfsf2", "__truncdfhf2",
              "__truncsfbf2",  "__fixsfsi",    "__fixdfsi",    "__fixxfti",     "__fixunsdfdi",
              "__floatsidf",   "__floatdisf",  "__floattixf",  "__floatunsidf", "__floatuntitf",
              "__cmpsf2",      "__unorddf2",   "__eqdf2",      "__netf2",       "__gesf2",
              "__ltdf2",       "__lexf2",      "__gtsf2",      "__powidf2",     "__muldc3",
              "__divxc3"},
             "floating point is");
}

TEST(ForbiddenSymbolTest, IgnoresOtherSymbols) {
  for (const char* symbol : {"_ZdlPv", "_ZdlPvm", "_ZnwmN4kmod3GfpE", "__cxa_pure_virtual", "kfree",
                             "__fentry__", "__addvdi3", "__stack_chk_fail", "memcpy", ""}) {
    EXPECT_EQ(forbidden_kind(symbol), nullptr) << symbol;
  }
}

}  // namespace
}  // namespace kmod::link
