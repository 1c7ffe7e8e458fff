// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/compile_commands/database.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"

namespace kmod::compile_commands {
namespace {

using Arguments = std::vector<std::string>;

base::Json action(const char* mnemonic, const Arguments& arguments) {
  return {{"mnemonic", mnemonic}, {"arguments", arguments}};
}

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto directory = base::TemporaryDirectory::create("database_test");
    ASSERT_TRUE(directory) << directory.error();
    directory_.emplace(std::move(*directory));
    places_ = {.workspace = "/w",
               .output_base = directory_->path(),
               .output_path = "/o/bazel-out",
               .clang = "/c/clang-19"};
  }

  // The kernel external/k/root, with what its fetch recorded of its top Makefile.
  void write_kernel() {
    const std::string root = directory_->path() + "/external/k/root";
    ASSERT_TRUE(base::make_directories(root));
    ASSERT_TRUE(base::write_file(root + "/kbuild_steps",
                                 "variable KBUILD_CFLAGS=-fshort-wchar -O2\n"
                                 "variable LINUXINCLUDE=-I@KERNEL@/usr/src/common/include\n"));
  }

  base::Result<base::Json> database(const base::Json& action) {
    return make_database({{"actions", base::Json::array({action})}}, places_);
  }

  std::optional<base::TemporaryDirectory> directory_;
  Places places_;
};

TEST_F(DatabaseTest, HasCxxWithTheFlagsOfItsAction) {
  const auto entries = database(
      action("CppCompile",
             {"external/kmod_clang/clang-19", "-MD", "-MF", "bazel-out/k/a.d", "-iquote",
              "bazel-out/k/bin", "-Iexternal/lib", "--sysroot=external/root", "-isystem", "runtime",
              "-DA=b", "-mcmodel=kernel", "-c", "p/a.cc", "-o", "bazel-out/k/a.o"}));
  ASSERT_TRUE(entries) << entries.error();
  const std::string external = directory_->path() + "/external/";
  const base::Json expected = {
      {{"directory", "/w"},
       {"file", "p/a.cc"},
       {"arguments",
        Arguments{external + "kmod_clang/clang-19", "-iquote", "/o/bazel-out/k/bin",
                  "-I" + external + "lib", "--sysroot=" + external + "root", "-isystem", "runtime",
                  "-DA=b", "-mcmodel=kernel", "-c", "p/a.cc"}}}};
  EXPECT_EQ(*entries, expected) << *entries;
}

TEST_F(DatabaseTest, LeavesCodeForTheHostOut) {
  const auto entries = database(action("CppCompile", {"clang-19", "-c", "p/tool.cc"}));
  ASSERT_TRUE(entries) << entries.error();
  EXPECT_TRUE(entries->empty()) << *entries;
}

TEST_F(DatabaseTest, HasCWithFlagsForClang) {
  write_kernel();
  const auto entries = database(action(
      "Kbuild", {"run_kbuild", "--label=//p:m_ko", "--mode=module", "--kernel-root=external/k/root",
                 "--kernel-build=usr/src/build", "--tools-root=external/t/root", "--cc=gcc-12",
                 "--module=my-module", "--source=p/src/main.c=src/main.c",
                 "--source=p/include/main.h=include/main.h",
                 "--source=bazel-out/k/bin/p/generated.c=generated.c", "--include=include",
                 "--quote-include=bazel-out/k/bin", "--ccflag=-DLEVEL=2"}));
  ASSERT_TRUE(entries) << entries.error();
  ASSERT_EQ(entries->size(), 1U) << *entries;
  const base::Json& entry = entries->front();
  EXPECT_EQ(entry["file"], "p/src/main.c");
  const auto arguments = entry["arguments"].get<Arguments>();
  std::string line;
  for (const std::string& argument : arguments) line += argument + " ";
  EXPECT_TRUE(line.starts_with("/c/clang-19 -x c --target=x86_64-linux-gnu ")) << line;
  EXPECT_TRUE(
      line.contains(" -I" + directory_->path() + "/external/k/root/usr/src/common/include "))
      << line;
  EXPECT_TRUE(line.contains(" -fshort-wchar ")) << line;
  EXPECT_TRUE(line.contains(" -DKBUILD_MODNAME=\"my_module\" ")) << line;
  EXPECT_TRUE(line.contains(" -DKBUILD_BASENAME=\"main\" ")) << line;
  EXPECT_TRUE(line.ends_with(" -I p/include -iquote /o/bazel-out/k/bin -DLEVEL=2 -c p/src/main.c "))
      << line;
}

TEST_F(DatabaseTest, TakesTheFirstTargetOfASource) {
  const base::Json first =
      action("CppCompile", {"clang-19", "-mcmodel=kernel", "-DFIRST", "-c", "a.cc"});
  const base::Json second =
      action("CppCompile", {"clang-19", "-mcmodel=kernel", "-DSECOND", "-c", "a.cc"});
  const auto entries = make_database({{"actions", base::Json::array({first, second})}}, places_);
  ASSERT_TRUE(entries) << entries.error();
  ASSERT_EQ(entries->size(), 1U);
  EXPECT_EQ(entries->front()["arguments"][2], "-DFIRST");
}

TEST_F(DatabaseTest, NamesTheTargetOfAKernelWithoutRecord) {
  const auto entries =
      database(action("Kbuild", {"run_kbuild", "--label=//p:m_ko", "--mode=module",
                                 "--kernel-root=external/other/root", "--kernel-build=b",
                                 "--tools-root=external/t/root", "--cc=gcc-12", "--module=m",
                                 "--source=p/main.c=main.c"}));
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error(),
            "//p:m_ko: the fetch of this kernel could not record what its top Makefile exports, "
            "from which the flags of its headers come.");
}

TEST_F(DatabaseTest, RefusesAnotherFormOfFlags) {
  const auto entries = database(action("Kbuild", {"run_kbuild", "--no-such-flag=1"}));
  ASSERT_FALSE(entries);
  EXPECT_TRUE(entries.error().contains("no-such-flag")) << entries.error();
}

}  // namespace
}  // namespace kmod::compile_commands
