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

TEST(KbuildCommandTest, CommandForAModuleIsExactly) {
  const KbuildRequest request = module_request();
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(kbuild_command(request, kPaths, *layout),
            (Words{"/t/usr/bin/make", "--silent", "--no-print-directory", "-C", "/k/usr/src/build",
                   "M=/w/out/module", "CC=gcc-12 -nostdinc", "SHELL=/t/usr/bin/sh",
                   "CONFIG_SHELL=/t/usr/bin/sh", "KCPPFLAGS=@/w/out/module/.prefix_maps",
                   "KBUILD_EXTRA_SYMBOLS=/w/a/Module.symvers /w/b/Module.symvers",
                   "delay-objtool=y", "modules"}));
}

TEST(KbuildCommandTest, ObjectsAreTargetsByTheirNamesInTheDirectory) {
  KbuildRequest request = module_request();
  request.mode = KbuildRequest::Mode::kObjects;
  request.output_objects = {{"hello.o", "out.o"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(kbuild_command(request, kPaths, *layout).back(), "hello_.o");
}

TEST(KbuildCommandTest, ProjectRunsInTheFolderOfItsMakefile) {
  KbuildRequest request = module_request();
  request.mode = KbuildRequest::Mode::kProject;
  request.directory = "driver";
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  Words command = kbuild_command(request, kPaths, *layout);
  EXPECT_EQ(command[5], "M=/w/out/module/driver");
  EXPECT_NE(std::ranges::find(command, "PWD=/w/out/module/driver"), command.end());
  EXPECT_EQ(command.back(), "modules");

  request.make_variables.push_back({"PWD", "$(M)/.."});
  command = kbuild_command(request, kPaths, *layout);
  EXPECT_EQ(std::ranges::find(command, "PWD=/w/out/module/driver"), command.end());
  EXPECT_NE(std::ranges::find(command, "PWD=$(M)/.."), command.end());
}

TEST(KbuildCommandTest, PaholeIsTheKernelsOwnWithoutCxx) {
  KbuildPaths paths = kPaths;
  paths.pahole = "/k/usr/bin/pahole";
  const KbuildRequest request = module_request();
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  const Words command = kbuild_command(request, paths, *layout);
  EXPECT_NE(std::ranges::find(command, "PAHOLE=/t/usr/bin/sh /w/out/module/.pahole"),
            command.end());
  EXPECT_EQ(pahole_script(paths),
            "exec /k/usr/bin/pahole \"$@\" --lang_exclude=rust,c++,c++03,c++11,c++14\n");
}

TEST(KbuildCommandTest, RefusesPackagesThatKbuildCannotHandle) {
  for (const std::string bad : {" ", ",", "(", "="}) {
    KbuildPaths paths = kPaths;
    paths.module = "/w/out/bin/a" + bad + "b/x.ko.kbuild/module";
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
