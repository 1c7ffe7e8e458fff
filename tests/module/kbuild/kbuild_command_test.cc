// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_command.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/module/kbuild/kbuild_paths.h"

namespace kmod::kbuild {
namespace {

using Words = std::vector<std::string>;

KbuildRequest module_request() {
  KbuildRequest request;
  request.label = "//hello:hello_ko";
  request.module = "hello";
  request.kernel_build = "usr/src/build";
  request.cc = "gcc-12";
  request.sources = {{"hello/hello.c", "hello.c"}};
  request.extra_symvers = {"a/Module.symvers", "b/Module.symvers"};
  request.make_variables = {{"delay-objtool", "y"}};
  return request;
}

TEST(KbuildCommandTest, EnvironmentIsExactly) {
  EXPECT_EQ(kbuild_environment(kPaths),
            (Words{"PATH=/t/usr/bin", "HOME=/w/out/tmp", "TMPDIR=/w/out/tmp", "LC_ALL=C", "TZ=UTC",
                   "SOURCE_DATE_EPOCH=0", "KBUILD_BUILD_TIMESTAMP=1970-01-01",
                   "KBUILD_BUILD_USER=rules_kmod", "KBUILD_BUILD_HOST=rules_kmod"}));
}

const KbuildSteps kSteps = {
    .variables = {{"KBUILD_CFLAGS", "-O2 -g"}, {"LC_ALL", "de_DE"}},
    .steps = {{"/k/usr/src/build", {"-f", "/k/scripts/Makefile.build", "obj=/w/out/module"}},
              {"/k/usr/src/build", {"-f", "/k/scripts/Makefile.modpost"}}}};

// The commands for a request, whose layout is sound.
std::vector<base::Command> commands(const KbuildRequest& request, const KbuildSteps* steps,
                                    const KbuildPaths& paths = kPaths) {
  const auto layout = ModuleLayout::make(request);
  EXPECT_TRUE(layout) << layout.error();
  return layout ? kbuild_commands(request, paths, *layout, steps) : std::vector<base::Command>();
}

bool has(const Words& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

TEST(KbuildCommandTest, CommandForAModuleIsExactly) {
  const auto made = commands(module_request(), nullptr);
  ASSERT_EQ(made.size(), 1);
  EXPECT_EQ(made[0].arguments,
            (Words{"/t/usr/bin/make", "--silent", "--no-print-directory", "-C", "/k/usr/src/build",
                   "M=/w/out/module", "CC=gcc-12 -nostdinc", "SHELL=/t/usr/bin/sh",
                   "CONFIG_SHELL=/t/usr/bin/sh", "KCPPFLAGS=@/w/out/module/.prefix_maps",
                   "KBUILD_EXTRA_SYMBOLS=/w/a/Module.symvers /w/b/Module.symvers",
                   "delay-objtool=y", "modules"}));
  EXPECT_EQ(made[0].environment, kbuild_environment(kPaths));
}

TEST(KbuildCommandTest, SymbolsOfAKernelThatAnActionBuildsComeFirst) {
  KbuildRequest request = module_request();
  EXPECT_EQ(kernel_symvers(request, kPaths), "/k/usr/src/build/Module.symvers");
  request.kernel_symvers = "out/kernel/Module.symvers";
  EXPECT_EQ(kernel_symvers(request, kPaths), "out/kernel/Module.symvers");
  EXPECT_TRUE(has(commands(request, nullptr).front().arguments,
                  "KBUILD_EXTRA_SYMBOLS=/w/out/kernel/Module.symvers /w/a/Module.symvers "
                  "/w/b/Module.symvers"));
}

TEST(KbuildCommandTest, StepsAreExactly) {
  const auto made = commands(module_request(), &kSteps);
  ASSERT_EQ(made.size(), 2);
  EXPECT_EQ(
      made[0].arguments,
      (Words{"/t/usr/bin/make", "-f", "/k/scripts/Makefile.build", "obj=/w/out/module",
             "M=/w/out/module", "CC=gcc-12 -nostdinc", "SHELL=/t/usr/bin/sh",
             "CONFIG_SHELL=/t/usr/bin/sh", "KCPPFLAGS=@/w/out/module/.prefix_maps",
             "KBUILD_EXTRA_SYMBOLS=/w/a/Module.symvers /w/b/Module.symvers", "delay-objtool=y"}));
  EXPECT_EQ(made[1].arguments[2], "/k/scripts/Makefile.modpost");
  for (const base::Command& command : made) {
    EXPECT_EQ(command.directory, "/k/usr/src/build");
    // What the action sets itself counts.
    Words expected = kbuild_environment(kPaths);
    expected.emplace_back("KBUILD_CFLAGS=-O2 -g");
    EXPECT_EQ(command.environment, expected);
  }
}

TEST(KbuildCommandTest, ObjectsAreTargetsByTheirNamesInTheDirectory) {
  KbuildRequest request = module_request();
  request.mode = KbuildRequest::Mode::kObjects;
  request.output_objects = {{"hello.o", "out.o"}};
  EXPECT_EQ(commands(request, nullptr).at(0).arguments.back(), "hello_.o");
  const auto made = commands(request, &kSteps);
  ASSERT_EQ(made.size(), 1);
  EXPECT_EQ(made[0].arguments.back(), "/w/out/module/hello_.o");
  // As since Linux 6.13.
  const KbuildSteps in_module = {
      .variables = {}, .steps = {{"/w/out/module", {"-f", "/k/scripts/Makefile.build", "obj=."}}}};
  EXPECT_EQ(commands(request, &in_module).at(0).arguments.back(), "hello_.o");
}

TEST(KbuildCommandTest, ProjectRunsInTheFolderOfItsMakefile) {
  KbuildRequest request = module_request();
  request.mode = KbuildRequest::Mode::kProject;
  request.directory = "driver";
  const auto made = commands(request, &kSteps);
  ASSERT_EQ(made.size(), 1);
  EXPECT_EQ(made[0].arguments[5], "M=/w/out/module/driver");
  EXPECT_TRUE(has(made[0].arguments, "PWD=/w/out/module/driver"));
  EXPECT_EQ(made[0].arguments.back(), "modules");

  request.make_variables.push_back({"PWD", "$(M)/.."});
  const Words arguments = commands(request, &kSteps).at(0).arguments;
  EXPECT_FALSE(has(arguments, "PWD=/w/out/module/driver"));
  EXPECT_TRUE(has(arguments, "PWD=$(M)/.."));
}

TEST(KbuildCommandTest, PaholeIsTheKernelsOwnWithoutCxx) {
  KbuildPaths paths = kPaths;
  paths.pahole = "/k/usr/bin/pahole";
  EXPECT_TRUE(has(commands(module_request(), nullptr, paths).at(0).arguments,
                  "PAHOLE=/t/usr/bin/sh /w/out/module/.pahole"));
  EXPECT_EQ(pahole_script(paths),
            "exec /k/usr/bin/pahole \"$@\" --lang_exclude=rust,c++,c++03,c++11,c++14\n");
}

TEST(KbuildCommandTest, RefusesPackagesThatKbuildCannotHandle) {
  for (const std::string bad : {" ", ",", "(", "="}) {
    KbuildPaths paths = kPaths;
    paths.module_directory = "/w/out/bin/a" + bad + "b/x.ko.kbuild/module";
    paths.temporary = "/w/out/bin/a" + bad + "b/x.ko.kbuild/tmp";
    const auto done = paths.check();
    ASSERT_FALSE(done) << bad;
    EXPECT_EQ(done.error(), "kbuild cannot work in a package or for a target whose name has a '" +
                                bad + "'. Rename the directory of the package, or the target");
  }
}

TEST(KbuildCommandTest, RefusesPathsThatKbuildCannotHandle) {
  EXPECT_TRUE(kPaths.check());
  for (const std::string bad : {" ", ":", "=", "#", "$", "'", ","}) {
    KbuildPaths paths = kPaths;
    paths.kernel_root = "/home/a" + bad + "b";
    const auto done = paths.check();
    ASSERT_FALSE(done) << bad;
    EXPECT_EQ(done.error(), "kbuild cannot work in /home/a" + bad + "b, because of the '" + bad +
                                "'. Move Bazel's output base to a path without it, with "
                                "--output_user_root or --output_base");
  }
}

}  // namespace
}  // namespace kmod::kbuild
