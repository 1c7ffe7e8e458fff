// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/bom_request.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmod::sbom {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

base::Result<BomRequest> parse(const Arguments& arguments) {
  std::vector<std::string> line;
  for (const auto& [name, value] : arguments) line.push_back("--" + name + "=" + value);
  BomRequest request;
  KMOD_TRY(bom_flags(request).parse(line));
  return request;
}

TEST(BomRequestTest, ASourceBelongsToTheLibraryBeforeIt) {
  const auto request = parse({{"output", "o"},
                              {"name", "hello"},
                              {"kernel", "6.1"},
                              {"version", "1.2"},
                              {"license", "GPL"},
                              {"built", "out/hello.ko=hello.ko"},
                              {"library", "//a:a"},
                              {"source", "a/a.cc=a.cc"},
                              {"library", "//b:b"},
                              {"header-tree", "h"},
                              {"tool-tree", "t"}});
  ASSERT_TRUE(request) << request.error();
  EXPECT_EQ(request->output, "o");
  EXPECT_EQ(request->name, "hello");
  EXPECT_EQ(request->kernel, "6.1");
  EXPECT_EQ(request->version, "1.2");
  EXPECT_EQ(request->license, "GPL");
  ASSERT_EQ(request->built.size(), 1U);
  EXPECT_EQ(request->built[0].path, "out/hello.ko");
  EXPECT_EQ(request->built[0].name, "hello.ko");
  ASSERT_EQ(request->libraries.size(), 2U);
  ASSERT_EQ(request->libraries[0].sources.size(), 1U);
  EXPECT_EQ(request->libraries[0].sources[0].path, "a/a.cc");
  EXPECT_TRUE(request->libraries[1].sources.empty());
  ASSERT_EQ(request->trees.size(), 2U);
  EXPECT_FALSE(request->trees[0].tool);
  EXPECT_TRUE(request->trees[1].tool);
}

TEST(BomRequestTest, ReportsErrors) {
  const std::pair<Arguments, std::string> cases[] = {
      {{{"source", "a=b"}}, "--source=a=b comes before any --library"},
      {{{"built", "a"}}, "--built=a has to be two texts with \"=\" between them"},
      {{{"what", "a"}}, "--what is unknown. --help lists the flags."},
      {{{"output", "a"}, {"name", "b"}}, "--kernel=RELEASE is missing: the kernel's release"},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto request = parse(arguments);
    ASSERT_FALSE(request) << expected;
    EXPECT_EQ(request.error(), expected);
  }
}

}  // namespace
}  // namespace kmod::sbom
