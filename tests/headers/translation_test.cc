// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What headers become in C++.
#include "kmod_rules/private/headers/translation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/headers/header_list.h"
#include "kmod_rules/private/headers/layout_check.h"
#include "tests/headers/translation_fixture.h"

namespace kmod::headers {
namespace {

TEST_F(TranslationTest, AssertsTheLayoutInBothLanguages) {
  write("include/linux/one.h", "struct pair { char first; long second; };\n");
  const Translation translation = translate_all();
  for (const auto& [text, keyword] : {std::pair(translation.c_layout, "_Static_assert("),
                                      {translation.cxx_layout, "static_assert("}}) {
    EXPECT_TRUE(text.contains(std::string("\n") + keyword +
                              "sizeof(struct pair) == 16 && _Alignof(struct pair) == 8, "))
        << text;
    EXPECT_TRUE(text.contains("__builtin_offsetof(struct pair, second) == 8")) << text;
  }
}

TEST_F(TranslationTest, RefusesAnotherLayout) {
  write("headers/linux/one.h", "struct pair { char first; int second; };\n");
  LayoutCheck check = {.clang = clang_tree + "/usr/bin/clang-19",
                       .resource_directory = clang_tree + "/usr/lib/llvm-19/lib/clang/19",
                       .cxx_flags = {"-fshort-wchar"},
                       .headers = directory_->path() + "/headers",
                       .source = directory_->path() + "/layout.cc"};
  write("layout.cc",
        "#include <linux/one.h>\n"
        "static_assert(sizeof(struct pair) == 8, \"struct pair\");\n"
        "static_assert(sizeof(wchar_t) == 2, \"the flags for C++\");\n");
  const base::Status same = check_layout(check);
  EXPECT_TRUE(same) << same.error();
  write("layout.cc",
        "#include <linux/one.h>\n"
        "static_assert(sizeof(struct pair) == 16, \"struct pair\");\n");
  const base::Status other = check_layout(check);
  ASSERT_FALSE(other);
  EXPECT_TRUE(other.error().starts_with("the headers in C++ are not what they are in C"))
      << other.error();
  EXPECT_TRUE(other.error().contains("struct pair")) << other.error();
}

TEST_F(TranslationTest, FindsVariablesOfProcessors) {
  write("include/linux/one.h",
        "#define DECLARE_PER_CPU(type, name) \\\n"
        "  extern __attribute__((section(\".data..percpu\"))) __typeof__(type) name\n"
        "DECLARE_PER_CPU(unsigned long [2], counts);\n");
  const Translation translation = translate_all();
  const std::string& text = translation.headers.at("linux/one.h");
  EXPECT_TRUE(
      text.contains("unsigned long (*kmod_per_cpu__counts(int cpu))[2] "
                    "__asm__(\"__kmod_call_per_cpu__counts\");\n"))
      << text;
  EXPECT_TRUE(text.contains("kmod_per_cpu_variable<kmod_per_cpu__counts> counts = {};")) << text;
  EXPECT_TRUE(text.contains("template <auto find> struct kmod_per_cpu_variable")) << text;
  EXPECT_EQ(translation.calls.at("per_cpu__counts"),
            "per_cpu__counts\tlinux/one.h\t"
            "unsigned long (*__kmod_call_per_cpu__counts(int cpu))[2] { return cpu < 0 ? "
            "this_cpu_ptr(&counts) : per_cpu_ptr(&counts, cpu); }");
}

TEST_F(TranslationTest, FindsMacrosThatAreNamesOfFunctions) {
  write("include/linux/one.h",
        "#define alloc_hooks(call) ({ call; })\n"
        "#define take(...) alloc_hooks(take_noprof(__VA_ARGS__))\n"
        "void *take_noprof(unsigned long size, int node);\n"
        "#define take_one(size, node) (take_noprof((size), node))\n"
        "#define other_name take_noprof\n"
        "#define swapped(node, size) take_noprof(size, node)\n"
        "#define more(size) take_noprof(size, 0)\n");
  const Translation translation = translate_all();
  const std::string& text = translation.headers.at("linux/one.h");
  for (const char* name : {"take", "take_one", "other_name"}) {
    EXPECT_TRUE(text.contains("void *" + std::string(name) +
                              "(unsigned long size, int node) __asm__(\"__kmod_call_" + name))
        << text;
  }
  EXPECT_LT(text.find("void *take_noprof("), text.find("void *take(")) << text;
  EXPECT_EQ(translation.calls.at("take"),
            "take\tlinux/one.h\tvoid *__kmod_call_take(unsigned long a0, int a1) { return take(a0, "
            "a1); }");
  EXPECT_FALSE(text.contains("swapped")) << text;
  EXPECT_FALSE(text.contains("more")) << text;
}

TEST_F(TranslationTest, SaysWhatToUseForAMacro) {
  const std::string text = translate_one(
      "#define min(a, b) ((a) < (b) ? (a) : (b))\n"
      "#define LIST_HEAD(name) struct node name\n"
      "#define max 3\n");
  EXPECT_TRUE(
      text.contains("#ifndef min\nextern \"C++\" template <class... T> void min(const "
                    "T&...) = delete(\"min is a macro of C: use std::min"))
      << text;
  EXPECT_TRUE(text.contains("#define LIST_HEAD(...) _Pragma(\"GCC error \\\"LIST_HEAD is a macro"))
      << text;
  EXPECT_FALSE(text.contains("std::max")) << text;
}

TEST_F(TranslationTest, NamesDeviceTablesAsTheKernelDoes) {
  write("macro_functions.h",
        "static inline int kmod_macro_READ_FIRST(int *value) { return READ_FIRST(value); }\n"
        "static const int kmod_macro_table;\n"
        "MODULE_DEVICE_TABLE(kmod_macro_type, kmod_macro_table);\n");
  const std::string text = translate_one(
      "#define MODULE_DEVICE_TABLE(type, name) \\\n"
      "  extern __typeof__(name) __devices_##type##_for_##name##_ __attribute__((alias(#name)))\n");
  EXPECT_TRUE(
      text.contains("#define MODULE_DEVICE_TABLE(type, name) "
                    "KMOD_DEVICE_TABLE(__COUNTER__, "
                    "\"__devices_\" #type \"_for_\" #name \"_\", name)\n"))
      << text;
}

TEST_F(TranslationTest, KeepsMacrosThatMakeTexts) {
  const std::string text = translate_one(
      "#define MODULE_INFO(tag, info) static const char x[] = #tag info\n"
      "#define __MODULE_INFO(tag, name, info) MODULE_INFO(tag, info)\n"
      "#define MODULE_ALIAS(text) MODULE_INFO(alias, text)\n"
      "#define MODULE_ALIAS_TWO(text) __MODULE_INFO(alias, a, text); MODULE_ALIAS(\"b-\" text)\n"
      "#define MODULE_ALIAS_MINOR(minor) MODULE_ALIAS(\"char-\" #minor)\n"
      "#define MODULE_AUTHOR(text) MODULE_INFO(author, text)\n");
  EXPECT_TRUE(text.contains("#define MODULE_INFO(tag, info) KMOD_MODULE_INFO(__COUNTER__, "))
      << text;
  EXPECT_TRUE(text.contains("#define MODULE_ALIAS(text) MODULE_INFO(alias, text)\n")) << text;
  EXPECT_TRUE(
      text.contains("#define MODULE_ALIAS_TWO(text) __MODULE_INFO(alias, a, text); "
                    "MODULE_ALIAS(\"b-\" text)\n"))
      << text;
  EXPECT_TRUE(
      text.contains("#ifndef MODULE_ALIAS_MINOR\n#define MODULE_ALIAS_MINOR(...) "
                    "_Pragma(\"GCC error \\\"MODULE_ALIAS_MINOR is a macro of C: use "
                    "MODULE_ALIAS with the text"))
      << text;
  EXPECT_TRUE(text.contains("MODULE_AUTHOR is a macro of C: use the attribute author")) << text;
}

TEST_F(TranslationTest, SortsTheInitializersOfDeviceIds) {
  const std::string text = translate_one(
      "struct bus_device_id { int vendor, class; const char *name; };\n"
      "struct card_device_id { int slot; unsigned char vendor, name; };\n"
      "#define BUS_CLASS(c, n) .class = (c) + 1, .name = n, .vendor = -1, 0\n"
      "#define ANY_NAME(n) .name = n\n"
      "#define CARD_NAME(n) .name = n\n"
      "#define OTHER(n) .other = n\n"
      "#define NO_INITIALIZER(n) n\n");
  EXPECT_TRUE(
      text.contains("#define BUS_CLASS(c, n) "
                    ".vendor = static_cast<decltype(bus_device_id::vendor)>(-1), "
                    ".class_ = static_cast<decltype(bus_device_id::class_)>((c) + 1), "
                    ".name = n\n"))
      << text;
  EXPECT_TRUE(
      text.contains("#define CARD_NAME(n) "
                    ".name = static_cast<decltype(card_device_id::name)>(n)\n"))
      << text;
  for (const char* name : {"ANY_NAME", "OTHER", "NO_INITIALIZER"}) {
    EXPECT_FALSE(text.contains(name)) << text;
  }
}

TEST_F(TranslationTest, KeepsNamesApartFromThoseOfAHost) {
  write("include/linux/one.h",
        "struct stat { long st_atime; int stat; };\n"
        "typedef struct { long bits; } sigset_t;\n"
        "enum { P_ALL };\n"
        "#define MSG_OOB 1\n"
        "void sigprocmask(sigset_t *set, struct stat *stat);\n"
        "static inline int isdigit(int c) { return c; }\n");
  const Translation translation = translate_all();
  const std::string& text = translation.headers.at("linux/one.h");
  for (const char* part : {
           "struct kmod_host_stat {\nlong kmod_host_st_atime;\nint stat;\n}",
           "typedef struct kmod_host_sigset_t kmod_host_sigset_t;",
           "constexpr int kmod_host_P_ALL = 0;",
           "#ifndef MSG_OOB\nconstexpr int kmod_host_MSG_OOB = 1;\n#endif",
           "void kmod_host_sigprocmask(kmod_host_sigset_t *set, struct kmod_host_stat *stat);",
           "int kmod_host_isdigit(int c) __asm__(\"__kmod_call_isdigit\");",
       }) {
    EXPECT_TRUE(text.contains(part)) << part << " is missing:\n" << text;
  }
  EXPECT_EQ(translation.calls.at("isdigit"),
            "isdigit\tlinux/one.h\tint __kmod_call_isdigit(int a0) { return isdigit(a0); }");
}

TEST_F(TranslationTest, PrintsWhatCAndCxxShare) {
  const std::string text = translate_one(
      "struct node { struct node *next; unsigned flags : 3; char name[]; };\n"
      "int register_node(struct node *node, int (*callback)(void *data)) "
      "__attribute__((warn_unused_result));\n"
      "extern unsigned long jiffies;\n");
  EXPECT_TRUE(text.contains("extern \"C\" {")) << text;
  EXPECT_TRUE(text.contains("struct node *next;\nunsigned int flags : 3;\nchar name[0];\n"))
      << text;
  EXPECT_TRUE(
      text.contains("int register_node(struct node *node, int (*callback)(void *)) "
                    "__attribute__((warn_unused_result));"))
      << text;
  EXPECT_TRUE(text.contains("extern unsigned long jiffies;")) << text;
}

TEST_F(TranslationTest, RenamesWhatCxxReadsOtherwise) {
  const std::string text = translate_one(
      "struct class { int new; union { int class; }; struct { int inner; } part; };\n"
      "struct empty {};\n");
  EXPECT_TRUE(text.contains("struct class_ {\nint new_;")) << text;
  EXPECT_TRUE(text.contains("struct class___part {\nint inner;\n}")) << text;
  EXPECT_TRUE(text.contains("struct class___part part;")) << text;
  EXPECT_TRUE(text.contains("struct empty {\nchar no_members[0];\n}")) << text;
}

TEST_F(TranslationTest, KeepsLayoutAttributes) {
  const std::string text = translate_one(
      "struct wire { char kind; int value __attribute__((aligned(2))); } __attribute__((packed));\n"
      "#pragma pack(push, 1)\nstruct tight { char kind; long value; };\n#pragma pack(pop)\n");
  EXPECT_TRUE(text.contains("int value __attribute__((aligned(2)));\n} __attribute__((packed));"))
      << text;
  EXPECT_TRUE(text.contains("#pragma pack(push, 1)\nstruct tight {")) << text;
}

TEST_F(TranslationTest, TurnsMacrosIntoConstants) {
  const std::string text = translate_one(
      "#define FLAG ((unsigned)1 << 4)\n#define BIG 0x100000000ULL\n#define TEXT \"a\\n\"\n"
      "#define CONFIG_SMP 1\n#define square(a) ((a) * (a))\n#define BEGIN do {\n");
  EXPECT_TRUE(text.contains("#ifndef FLAG\nconstexpr unsigned int FLAG = 16U;\n#endif")) << text;
  EXPECT_TRUE(text.contains("constexpr unsigned long long BIG = 4294967296ULL;")) << text;
  EXPECT_TRUE(text.contains("constexpr char TEXT[] = \"a\\n\";")) << text;
  EXPECT_TRUE(text.contains("#define CONFIG_SMP 1")) << text;
  EXPECT_FALSE(text.contains("square")) << text;
  EXPECT_FALSE(text.contains("BEGIN")) << text;
}

TEST_F(TranslationTest, TakesNoConstantFromASimilarName) {
  const std::string text = translate_one(
      "#define _ASYNC_SUSPENDED (1U << 1)\n"
      "#define ASYNC_SUSPENDED (1U << ASYNCB_SUSPENDED)\n"
      "enum { ASYNC_SUSPENDED_ = 1, ASYNCB_SUSPENDED_ = 30 };\n");
  EXPECT_TRUE(text.contains("constexpr unsigned int _ASYNC_SUSPENDED = 2U;")) << text;
  EXPECT_FALSE(text.contains("constexpr unsigned int ASYNC_SUSPENDED ")) << text;
}

TEST_F(TranslationTest, MakesNoConstantsOfPlaces) {
  const std::string text = translate_one(
      "#define ONE_H __FILE__\n"
      "#define FILE_LINE __FILE__ \":\" \"1\"\n"
      "#define NAME \"one\"\n");
  EXPECT_TRUE(text.contains("constexpr char NAME[] = \"one\";")) << text;
  EXPECT_FALSE(text.contains("ONE_H[]")) << text;
  EXPECT_FALSE(text.contains("FILE_LINE")) << text;
}

TEST_F(TranslationTest, DeclaresEnumerationsBeforeTheirUse) {
  const std::string text = translate_one(
      "enum mode;\nvoid set(enum mode mode);\nenum mode { A = -1, B };\nenum { C = 3 };\n");
  EXPECT_TRUE(text.contains("enum mode : int;")) << text;
  EXPECT_TRUE(text.contains("enum mode : int {\nA = -1,\nB = 0,\n};")) << text;
  EXPECT_TRUE(text.contains("constexpr int C = 3;")) << text;
}

TEST_F(TranslationTest, CallsInlineFunctionsThroughC) {
  write("include/linux/one.h",
        "static inline int twice(int value) { return 2 * value; }\n"
        "static inline int log_all(const char *text, ...) { return 0; }\n"
        "static inline unsigned u8_get_bits(unsigned value) { return value; }\n");
  Translation translation = translate_all();
  const std::string text = translation.headers["linux/one.h"];
  EXPECT_TRUE(text.contains("int twice(int value) __asm__(\"__kmod_call_twice\");")) << text;
  EXPECT_TRUE(text.contains("void log_all(T...) = delete(\"C++ cannot pass on")) << text;
  EXPECT_TRUE(
      text.contains("void u8_get_bits(T...) = delete(\"the kernel takes this function only"))
      << text;
  EXPECT_EQ(translation.calls["twice"],
            "twice\tlinux/one.h\tint __kmod_call_twice(int a0) { return twice(a0); }");
  EXPECT_EQ(translation.calls["READ_FIRST"],
            "READ_FIRST\tlinux/types.h\tint __kmod_call_READ_FIRST(int *value) { return "
            "READ_FIRST(value); }");
  EXPECT_FALSE(translation.calls.contains("log_all"));
}

TEST_F(TranslationTest, IncludesWhatTheHeaderIncludes) {
  write("include/linux/first.h", "struct first { int value; };\n");
  write("include/linux/second.h",
        "#ifndef SECOND\n#define SECOND\n#include <linux/first.h>\nstruct second { struct first "
        "first; };\n#endif\n");
  Translation translation = translate_all();
  const std::string text = translation.headers["linux/second.h"];
  EXPECT_LT(text.find("#include <linux/first.h>"), text.find("struct second {"));
  EXPECT_FALSE(text.contains("struct first {")) << text;
}

}  // namespace
}  // namespace kmod::headers
