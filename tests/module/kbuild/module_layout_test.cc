// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::kbuild {
namespace {

KbuildRequest request_with(const std::vector<KbuildRequest::Source>& sources,
                           const std::vector<std::string>& objects = {}) {
  KbuildRequest request;
  request.label = "//hello:hello_ko";
  request.module = "hello";
  request.sources = sources;
  request.objects = objects;
  return request;
}

std::string error_of(const KbuildRequest& request) {
  const auto layout = ModuleLayout::make(request);
  return layout ? "made" : layout.error();
}

TEST(ModuleLayoutTest, MakefileIsExactly) {
  KbuildRequest request = request_with(
      {{"hello/main.c", "main.c"}, {"hello/a.h", "a.h"}, {"hello/sub/fast.S", "sub/fast.S"}},
      {"bazel-out/cxx.o", "bazel-out/more.o"});
  request.ccflags = {"-DPLAIN=1", "-DTEXT=\"a b\"", "-DDOLLAR=$x", "-DHASH=#", "-DQUOTE='"};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(layout->makefile(),
            "obj-m := hello.o\n"
            "hello-y := main.o sub/fast.o hello_prebuilt_0.o hello_prebuilt_1.o\n"
            "ccflags-y := -I$(src) -DPLAIN=1 '-DTEXT=\"a b\"' '-DDOLLAR=$$x' '-DHASH=\\#' "
            "'-DQUOTE='\\'''\n"
            "asflags-y := -I$(src)\n"
            "AFLAGS_sub/fast.o += -I$(src)/sub\n");
}

TEST(ModuleLayoutTest, MakefileHasTheFlagsOfTheRequest) {
  KbuildRequest request = request_with({{"hello/hello.c", "hello.c"}, {"hello/b/b.S", "b/b.S"}});
  request.ccflags = {"-DC"};
  request.asflags = {"-DASM"};
  request.includes = {"include", "."};
  request.quote_includes = {".", "bazel-out/bin"};
  request.work_includes = {"lib"};
  request.system_includes = {"external/x/include"};
  request.source_flags = {{"hello.c", "-O3"}, {"b/b.S", "-DFAST"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  const std::string includes =
      " -I$(src) -I$(src)/include -I$(src) -iquote $(KMOD_WORK_DIRECTORY) -iquote "
      "$(KMOD_WORK_DIRECTORY)/bazel-out/bin -I$(KMOD_WORK_DIRECTORY)/lib -isystem "
      "$(KMOD_WORK_DIRECTORY)/external/x/include";
  EXPECT_EQ(layout->makefile(), "obj-m := hello.o\nhello-y := hello_.o b/b.o\nccflags-y :=" +
                                    includes + " -DC\nasflags-y :=" + includes +
                                    " -DASM\n"
                                    "AFLAGS_b/b.o += -I$(src)/b\n"
                                    "CFLAGS_hello_.o += -O3\n"
                                    "AFLAGS_b/b.o += -DFAST\n");
}

TEST(ModuleLayoutTest, TextualSourcesAreNotCompiled) {
  KbuildRequest request = request_with({{"a/main.c", "main.c"}});
  request.textual = {{"a/template.c", "template.c"}, {"a/table", "table"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  ASSERT_EQ(layout->sources().size(), 3u);
  EXPECT_EQ(layout->sources()[1].name, "template.c");
  EXPECT_EQ(layout->sources()[1].object, "");
  EXPECT_EQ(layout->makefile(),
            "obj-m := hello.o\nhello-y := main.o\nccflags-y := -I$(src)\n"
            "asflags-y := -I$(src)\n");
}

TEST(ModuleLayoutTest, RenamesASourceThatHasTheModulesName) {
  KbuildRequest request =
      request_with({{"hello/hello.c", "hello.c"}, {"hello/hello_.c", "hello_x.c"}});
  request.output_objects = {{"hello.o", "out.o"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(layout->sources()[0].file, "hello/hello.c");
  EXPECT_EQ(layout->sources()[0].name, "hello_.c");
  EXPECT_EQ(layout->sources()[0].object, "hello_.o");
  EXPECT_EQ(layout->object_for("hello.o"), "hello_.o");
  EXPECT_EQ(layout->makefile(),
            "obj-m := hello.o\nhello-y := hello_.o hello_x.o\nccflags-y := -I$(src)\n"
            "asflags-y := -I$(src)\n");
}

TEST(ModuleLayoutTest, PrebuiltObjectsNeverTakeTheNameOfASource) {
  const auto layout =
      ModuleLayout::make(request_with({{"x.c", "hello_prebuilt_0.c"}}, {"bazel-out/cxx.o"}));
  ASSERT_TRUE(layout) << layout.error();
  ASSERT_EQ(layout->prebuilt().size(), 1u);
  EXPECT_EQ(layout->prebuilt()[0].file, "bazel-out/cxx.o");
  EXPECT_EQ(layout->prebuilt()[0].object, "hello_prebuilt_0_.o");
  EXPECT_EQ(layout->prebuilt()[0].cmd_file, ".hello_prebuilt_0_.o.cmd");
  EXPECT_EQ(layout->prebuilt()[0].digest, "hello_prebuilt_0_.digest");
}

TEST(ModuleLayoutTest, CmdFileIsExactly) {
  const auto layout = ModuleLayout::make(request_with({}, {"cxx.o"}));
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(cmd_file_contents(layout->prebuilt()[0], "/w/module"),
            "source_/w/module/hello_prebuilt_0.o := /w/module/hello_prebuilt_0.digest\n\n"
            "deps_/w/module/hello_prebuilt_0.o := \\\n\n");
  EXPECT_EQ(digest_contents(std::string("\x00\x7f\xff", 3)), "007fff\n");
}

TEST(ModuleLayoutTest, ReportsErrors) {
  EXPECT_EQ(error_of(request_with({{"a.cc", "a.cc"}})),
            "//hello:hello_ko: the source a.cc is neither C (.c), assembler (.S) nor a header (.h, "
            ".inc). C++ belongs in a cc_library of deps");
  for (const std::string name : {"../a.c", "/a.c", "x/../a.c", "./a.c", "x//a.c"}) {
    EXPECT_EQ(error_of(request_with({{"a.c", name}})),
              "//hello:hello_ko: the source a.c would be outside the module's directory as \"" +
                  name + "\". Its name there has to be relative, without . and ..");
  }
  EXPECT_EQ(
      error_of(request_with({{"x/a.c", "a.c"}, {"y/a.c", "a.c"}})),
      "//hello:hello_ko: the source y/a.c has the name of another, \"a.c\". Rename one of them");
  EXPECT_EQ(error_of(request_with({{"a.c", "a.c"}, {"a.S", "a.S"}})),
            "//hello:hello_ko: the source a.S would become the same object as another, a.o. Rename "
            "one of them");
  EXPECT_EQ(error_of(request_with({{"hello.mod.c", "hello.mod.c"}})),
            "//hello:hello_ko: the source hello.mod.c would become the same object as another, "
            "hello.mod.o. Rename one of them");
  EXPECT_EQ(
      error_of(request_with({{"a.h", "a.h"}})),
      "//hello:hello_ko: there is nothing to build. Give it C sources in srcs or C++ libraries "
      "in deps");
  KbuildRequest flags = request_with({{"a.c", "a.c"}, {"c.c", "x/c.c"}});
  flags.source_flags = {{"b.c", "-O3"}};
  EXPECT_EQ(
      error_of(flags),
      "//hello:hello_ko: file_copts has flags for b.c, which is not among the C and assembler "
      "files of srcs. Their objects are: a.o, x/c.o");
  KbuildRequest request = request_with({{"a.c", "a.c"}});
  request.output_objects = {{"b.o", "out"}};
  EXPECT_EQ(error_of(request),
            "//hello:hello_ko: no source makes the object b.o that --output-object asks for");
}

TEST(ModuleLayoutTest, KeepsTheFilesOfAProject) {
  KbuildRequest request = request_with({{"p/Kbuild", "Kbuild"},
                                        {"p/a.c", "a.c"},
                                        {"p/hello.c", "hello.c"},
                                        {"p/sub/b.S", "sub/b.S"},
                                        {"p/sub/b.tbl", "sub/b.tbl"}});
  request.mode = KbuildRequest::Mode::kProject;
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(layout->makefile(), "");
  ASSERT_EQ(layout->sources().size(), 5u);
  EXPECT_EQ(layout->sources()[0].object, "");
  EXPECT_EQ(layout->sources()[2].name, "hello.c");
  EXPECT_EQ(layout->sources()[3].object, "sub/b.o");
  EXPECT_EQ(layout->sources()[4].object, "");

  request.sources.push_back({"q/a.c", "../a.c"});
  EXPECT_EQ(error_of(request),
            "//hello:hello_ko: the source q/a.c would be outside the module's directory as "
            "\"../a.c\". Its name there has to be relative, without . and ..");
}

}  // namespace
}  // namespace kmod::kbuild
