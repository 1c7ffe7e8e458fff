// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/prefix_maps.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/module/kbuild/kbuild_paths.h"

namespace kmod::kbuild {
namespace {

using Words = std::vector<std::string>;

// The options after those that every module has, for sources with their names.
Words maps_of(std::vector<KbuildRequest::Source> sources) {
  KbuildRequest request;
  request.label = "//hello:hello_ko";
  request.module = "hello";
  request.sources = std::move(sources);
  const auto layout = ModuleLayout::make(request);
  if (!layout) return {layout.error()};
  Words maps = prefix_maps(request, kPaths, *layout);
  const Words always = {"-ffile-prefix-map=/w/=", "-ffile-prefix-map=/k=", "-ffile-prefix-map=/t=",
                        "-ffile-prefix-map=/w/out/module=hello"};
  if (maps.size() < always.size() || !std::equal(always.begin(), always.end(), maps.begin())) {
    return {"the options that every module has are missing"};
  }
  maps.erase(maps.begin(), maps.begin() + 4);
  return maps;
}

constexpr const char* kGenerated = "-ffile-prefix-map=/w/out/module/hello.mod.c=hello/hello.mod.c";

TEST(PrefixMapsTest, ADirectoryTakesOneOption) {
  EXPECT_EQ(maps_of({{"a/one.c", "one.c"}, {"a/two.c", "two.c"}, {"a/two.h", "two.h"}}),
            (Words{"-ffile-prefix-map=/w/out/module/=a/", kGenerated}));
}

TEST(PrefixMapsTest, ADirectoryBelowIsImplied) {
  EXPECT_EQ(maps_of({{"a/one.c", "one.c"}, {"a/b/two.c", "b/two.c"}, {"a/b/c/d.h", "b/c/d.h"}}),
            (Words{"-ffile-prefix-map=/w/out/module/=a/", kGenerated}));
}

TEST(PrefixMapsTest, ADirectoryFromElsewhereTakesItsOwn) {
  EXPECT_EQ(maps_of({{"a/one.c", "one.c"}, {"out/b/two.c", "b/two.c"}, {"a/bb/t.c", "bb/t.c"}}),
            (Words{"-ffile-prefix-map=/w/out/module/=a/",
                   "-ffile-prefix-map=/w/out/module/b/=out/b/", kGenerated}));
}

TEST(PrefixMapsTest, AFileFromElsewhereTakesItsOwn) {
  EXPECT_EQ(maps_of({{"a/one.c", "one.c"}, {"out/gen.h", "gen.h"}, {"a/two.c", "two.c"}}),
            (Words{"-ffile-prefix-map=/w/out/module/=a/", kGenerated,
                   "-ffile-prefix-map=/w/out/module/gen.h=out/gen.h"}));
}

TEST(PrefixMapsTest, ARenamedFileTakesItsOwn) {
  EXPECT_EQ(maps_of({{"a/hello.c", "hello.c"}}),
            (Words{"-ffile-prefix-map=/w/out/module/=a/", kGenerated,
                   "-ffile-prefix-map=/w/out/module/hello_.c=a/hello.c"}));
}

TEST(PrefixMapsTest, TwoThousandHeadersTakeNoMoreThanTheirDirectories) {
  std::vector<KbuildRequest::Source> sources;
  sources.reserve(2500);
  for (int i = 0; i < 500; ++i) {
    sources.push_back({fmt::format("a/file{}.c", i), fmt::format("file{}.c", i)});
  }
  for (int i = 0; i < 2000; ++i) {
    const std::string name = fmt::format("include/{}/header{}.h", i % 20, i);
    sources.push_back({"other/" + name, name});
  }
  EXPECT_EQ(maps_of(std::move(sources)).size(), 22);
}

TEST(PrefixMapsTest, PathsAreRelativeWhereTheCompilerRunsInTheModulesDirectory) {
  KbuildRequest request;
  request.module = "hello";
  request.kernel_build = "usr/src/k";
  request.sources = {
      {"a/hello.c", "hello.c"}, {"a/sub/two.c", "sub/two.c"}, {"out/deep/x/gen.h", "deep/x/gen.h"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  KbuildPaths paths = kPaths;
  paths.compiles_in_module = true;
  const Words maps = prefix_maps(request, paths, *layout);
  for (const char* const expected :
       {"-ffile-prefix-map=/w/out/module=/usr/src/k", "-ffile-prefix-map=/w/out/module/=hello/",
        "-ffile-prefix-map=hello_.c=a/hello.c", "-ffile-prefix-map=sub/=a/sub/",
        "-ffile-prefix-map=deep/x/=out/deep/x/",
        "-ffile-prefix-map=hello.mod.c=hello/hello.mod.c"}) {
    EXPECT_TRUE(std::ranges::find(maps, expected) != maps.end()) << expected;
  }
}

TEST(PrefixMapsTest, ADirectoryWithANameOfItsOwnAppearsUnderThatName) {
  KbuildRequest request;
  request.module = "hello";
  request.sources = {{"external/r~1/a/one.c", "one.c"}, {"external/r~1/b/two.h", "two.h"}};
  request.path_names = {{"external/r~1", "external/r"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  const Words maps = prefix_maps(request, kPaths, *layout);
  for (const char* const expected : {"-ffile-prefix-map=/w/external/r~1/=external/r/",
                                     "-ffile-prefix-map=/w/out/module/=external/r/a/",
                                     "-ffile-prefix-map=/w/out/module/two.h=external/r/b/two.h"}) {
    EXPECT_TRUE(std::ranges::find(maps, expected) != maps.end()) << expected;
  }
}

TEST(PrefixMapsTest, TheFileHasALineForEachOption) {
  KbuildRequest request;
  request.module = "hello";
  request.sources = {{"a/one.c", "one.c"}};
  const auto layout = ModuleLayout::make(request);
  ASSERT_TRUE(layout) << layout.error();
  EXPECT_EQ(prefix_map_file(request, kPaths, *layout),
            "-ffile-prefix-map=/w/=\n-ffile-prefix-map=/k=\n-ffile-prefix-map=/t=\n"
            "-ffile-prefix-map=/w/out/module=hello\n-ffile-prefix-map=/w/out/module/=a/\n" +
                std::string(kGenerated) + "\n");
}

}  // namespace
}  // namespace kmod::kbuild
