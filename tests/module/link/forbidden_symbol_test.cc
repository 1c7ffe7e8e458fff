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
  expect_all({"__muloti4"}, "128-bit multiplication that checks for overflow is");
  expect_all({"__popcountdi2", "__clzti2"}, "a function of libgcc that counts bits is");
  expect_all({"__addvdi3", "__mulvsi3"}, "arithmetic of -ftrapv is");
  expect_all({"mcount", "__fentry__", "__cyg_profile_func_enter"},
             "a call at the start of each function (-pg, -finstrument-functions) is");
}

TEST(ForbiddenSymbolTest, KnowsFamiliesOfNames) {
  expect_all({"__atomic_load_16", "__atomic_compare_exchange", "__atomic_is_lock_free"},
             "an atomic operation that is more than one instruction is");
  expect_all({"__start_handlers", "__stop_handlers"},
             "a table that the linker collects, between __start_SECTION and __stop_SECTION, is");
  expect_all({"__ubsan_handle_add_overflow"}, "-fsanitize=undefined is");
  expect_all({"__asan_report_load8", "__tsan_func_entry", "__sanitizer_cov_trace_pc_guard"},
             "a sanitizer (-fsanitize=...) is");
  expect_all({"__llvm_profile_runtime", "__gcov_init", "llvm_gcda_start_file"},
             "a profile or the coverage of code (-fprofile-..., --coverage) is");
  expect_all({"_Unwind_Resume", "_Unwind_Backtrace", "_ZSt20__throw_length_errorPKc"},
             "exceptions, or tables to unwind the stack for them, are");
  expect_all({"__memcpy_chk", "__printf_chk"}, "-D_FORTIFY_SOURCE of user space is");
  expect_all({"_ZTVN10__cxxabiv119__pointer_type_infoE"}, "dynamic_cast or typeid is");
  expect_all({"_ZSt11_Hash_bytesPKvmm", "_ZNSo3putEc", "_ZSt4cout", "_ZNSt6thread4joinEv",
              "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_appendEPKcm",
              "_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm"},
             "a part of the standard library that is compiled into libstdc++ is");
}

// The module's own C may define these.
TEST(ForbiddenSymbolTest, LeavesNamesThatAreNotReservedToModpost) {
  for (const char* symbol :
       {"fma", "sqrtf", "roundl", "malloc", "printf", "pthread_mutex_lock", "__start_handlers"}) {
    const ForbiddenKind* const kind = forbidden_kind(symbol);
    ASSERT_NE(kind, nullptr) << symbol;
    EXPECT_FALSE(kind->reserved) << symbol;
  }
  EXPECT_TRUE(forbidden_kind("__atomic_load_16")->reserved);
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
  for (const char* symbol :
       {"_ZdlPv", "_ZdlPvm", "_ZnwmN4kmod3GfpE", "__cxa_pure_virtual", "kfree", "__stack_chk_fail",
        "memcpy", "abort", "_ZSt9terminatev", "_ZNKSt4hashI3FooEclES0_", "_ZN3Foo3barEv",
        "fmax_of_mine", "", "__chk"}) {
    EXPECT_EQ(forbidden_kind(symbol), nullptr) << symbol;
  }
}

}  // namespace
}  // namespace kmod::link
