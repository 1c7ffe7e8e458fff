// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_sets.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kmod::lock {
namespace {

constexpr const char* kRelease =
    R"("releases": {"d": {"suites": ["s", "t"], "components": ["main"], "architecture": "amd64"}})";

TEST(PackageSetsTest, ReadsSetsInTheirOrder) {
  const auto sets = parse_package_sets(std::string("{\"why\": \"w\", ") + kRelease + R"(,
    "exclude": {"base": "empty"},
    "sets": {
      "z": {"why": "w", "release": "d", "roots": ["a", "b"], "exclude": {"x": "not used"}},
      "y": {"release": "d", "without_dependencies": ["c"]}}})",
                                       "f");
  ASSERT_TRUE(sets) << sets.error();
  EXPECT_EQ(sets->releases.at("d").suites, (std::vector<std::string>{"s", "t"}));
  EXPECT_EQ(sets->releases.at("d").components, (std::vector<std::string>{"main"}));
  EXPECT_EQ(sets->releases.at("d").architecture, "amd64");
  EXPECT_EQ(sets->excluded, (Excluded{{"base", "empty"}}));
  ASSERT_EQ(sets->sets.size(), 2U);
  EXPECT_EQ(sets->sets[0].name, "z");
  EXPECT_EQ(sets->sets[0].roots, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(sets->sets[0].excluded, (Excluded{{"x", "not used"}}));
  EXPECT_EQ(sets->sets[1].without_dependencies, (std::vector<std::string>{"c"}));
}

TEST(PackageSetsTest, NamesWhatIsWrong) {
  const std::string release = std::string("{") + kRelease;
  const std::pair<std::string, std::string> cases[] = {
      {"{", "f is not JSON: "},
      {"[]", "f is not an object"},
      {"{}", "f has no \"releases\", an object that is not empty"},
      {release + "}", "f has no \"sets\", an object that is not empty"},
      {release + R"(, "set": {}})", "f has the member \"set\"; it may have \"why\", \"releases\""},
      {release + R"(, "sets": {"z": {"release": "e", "roots": ["a"]}}})",
       "f: set \"z\" is of the release \"e\", which \"releases\" does not have"},
      {release + R"(, "sets": {"z": {"roots": ["a"]}}})", "f: set \"z\" has no \"release\""},
      {release + R"(, "sets": {"z": {"release": "d"}}})", "f: set \"z\" names no package"},
      {release + R"(, "sets": {"z": {"release": "d", "roots": "a"}}})",
       "f: set \"z\": \"roots\" is not a list of names"},
      {release + R"(, "sets": {"z": {"release": "d", "root": ["a"]}}})",
       "f: set \"z\" has the member \"root\""},
      {release + R"(, "sets": {"z": {"release": "d", "roots": ["a"], "exclude": {"x": ""}}}})",
       "f: set \"z\": \"exclude\" is not an object of package names and the reasons"},
      {release + R"(, "exclude": ["x"], "sets": {"z": {"release": "d", "roots": ["a"]}}})",
       "f: \"exclude\" is not an object"},
      {R"({"releases": {"d": {"suites": ["s"], "architecture": "amd64"}}, "sets": {"z": {}}})",
       "f: release \"d\" has no \"suites\" or no \"components\""},
      {R"({"releases": {"d": {"suites": ["s"], "components": ["main"]}}, "sets": {"z": {}}})",
       "f: release \"d\" has no \"architecture\""},
  };
  for (const auto& [text, expected] : cases) {
    const auto sets = parse_package_sets(text, "f");
    ASSERT_FALSE(sets) << text;
    EXPECT_EQ(sets.error().substr(0, expected.size()), expected);
  }
}

}  // namespace
}  // namespace kmod::lock
