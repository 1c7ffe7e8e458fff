// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/bom_request.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmod::sbom {
namespace {

using Arguments = std::vector<base::Argument>;

TEST(BomRequestTest, ASourceIsOfTheLibraryBeforeIt) {
  const auto request = parse_bom_request({{"output", "o"},
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

TEST(BomRequestTest, NamesTheArgumentThatIsWrong) {
  const std::pair<Arguments, std::string> cases[] = {
      {{{"source", "a=b"}}, "--source=a=b comes before any --library"},
      {{{"built", "a"}}, "--built=a is not of the form --built=<path>=<name>"},
      {{{"what", "a"}}, "the argument --what is not known"},
      {{{"output", "a"}, {"name", "b"}}, "--kernel is missing"},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto request = parse_bom_request(arguments);
    ASSERT_FALSE(request) << expected;
    EXPECT_EQ(request.error(), expected);
  }
}

}  // namespace
}  // namespace kmod::sbom
