// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/demangler.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "tests/base/pinned_demangler.h"

namespace kmod::base {
namespace {

std::vector<std::string> demangled(std::vector<std::string> names) {
  std::vector<std::string*> pointers;
  pointers.reserve(names.size());
  for (std::string& name : names) pointers.push_back(&name);
  const Status done = Demangler(pinned_demangler()).demangle(pointers);
  EXPECT_TRUE(done) << done.error();
  return names;
}

// A program that prints this and ends with that status.
std::string program(const std::string& name, const std::string& output, int status) {
  const std::string path = testing::TempDir() + "/demangler_test_" + name;
  EXPECT_TRUE(write_file(
      path, "#!/bin/sh\ncat <<'END'\n" + output + "END\nexit " + std::to_string(status) + "\n"));
  EXPECT_EQ(chmod(path.c_str(), 0700), 0);
  return path;
}

TEST(DemanglerTest, MakesCxxNamesReadableAndLeavesOthers) {
  EXPECT_EQ(demangled({"_ZN5Hello6createEv", "kfree", "_Znot_a_name", "_ZN5Hello6createEv",
                       "_ZTV5Hello"}),
            (std::vector<std::string>{"Hello::create()", "kfree", "_Znot_a_name", "Hello::create()",
                                      "vtable for Hello"}));
  // As a mangled type, this would be "int".
  EXPECT_EQ(demangled({"i"}), std::vector<std::string>{"i"});
}

// Clang 19 wrote these for
//   template <class T> requires (sizeof(T) > 1) void constrained(T) {}
//   template <class T> concept Big = sizeof(T) > 1;
//   void abbreviated(Big auto) {}
TEST(DemanglerTest, KnowsTheConstraintsOfCxx20) {
  EXPECT_EQ(demangled({"_Z11constrainedIiQgtstT_Li1EEvS0_", "_Z11abbreviatedITk3BigiEvT_"}),
            (std::vector<std::string>{"void constrained<int>(T)", "void abbreviated<int>(int)"}));
}

TEST(DemanglerTest, SaysWhyNamesStayMangled) {
  const std::string fewer = program("fewer", "h()\n", 0);
  const std::string failing = program("failing", "h()\nf()\n", 1);
  for (const auto& [path, problem] : std::vector<std::pair<std::string, std::string>>{
           {"", "no --demangler was given"},
           {"/no/such/filt", "cannot start /no/such/filt: No such file or directory"},
           {fewer, fewer + " exited with 0 and gave 1 names for 2"},
           {failing, failing + " exited with 1 and gave 2 names for 2"}}) {
    std::string first = "_Z1hv";
    std::string second = "_Z1fv";
    const Status done = Demangler(path).demangle({&first, &second});
    ASSERT_FALSE(done) << path;
    EXPECT_EQ(done.error(), "names are shown mangled: " + problem);
    EXPECT_EQ(first, "_Z1hv");
    EXPECT_EQ(second, "_Z1fv");
  }
}

TEST(DemanglerTest, FindsNamesInText) {
  std::vector<std::string> lines = {"in _ZN5Hello6createEv, at _ZTV5Hello+0x8", "",
                                    "x_Zfoo, kfree()"};
  const Status done = Demangler(pinned_demangler()).demangle_text(lines);
  EXPECT_TRUE(done) << done.error();
  EXPECT_EQ(lines, (std::vector<std::string>{"in Hello::create(), at vtable for Hello+0x8", "",
                                             "x_Zfoo, kfree()"}));
}

TEST(DescribeReferrerTest, NamesFunctionsVariablesAndStaticConstructors) {
  EXPECT_EQ(describe_referrer("_ZN5Hello6createEv", true), "_ZN5Hello6createEv");
  EXPECT_EQ(describe_referrer("init_module", true), "init_module()");
  EXPECT_EQ(describe_referrer("table", false), "table");
  EXPECT_EQ(describe_referrer("_GLOBAL__sub_I_hello.cc", true),
            "the static constructors of hello.cc");
}

TEST(DemanglerTest, RunsNoProgramWithoutAMangledName) {
  std::string name = "init_module";
  EXPECT_TRUE(Demangler("/no/such/program").demangle({&name}));
  EXPECT_TRUE(Demangler("").demangle({}));
}

}  // namespace
}  // namespace kmod::base
