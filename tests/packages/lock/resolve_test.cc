// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/resolve.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

using Names = std::vector<std::string>;

std::string package(const std::string& name, const std::string& more = "",
                    const std::string& version = "1") {
  return "Package: " + name + "\nVersion: " + version + "\nArchitecture: amd64\nFilename: pool/" +
         name + "_" + version + ".deb\nSize: 9\nSHA256: " + name + version + "\n" + more + "\n";
}

Indices indices_of(const std::string& text) {
  Indices indices;
  EXPECT_TRUE(indices["d"].add(text, "s"));
  return indices;
}

PackageSets one_set(PackageSet set, Excluded excluded = {}) {
  set.name = "z";
  set.release = "d";
  return {.releases = {{"d", {}}}, .excluded = std::move(excluded), .sets = {std::move(set)}};
}

std::string error_of(const PackageSets& sets, const Indices& indices) {
  const auto lock = resolve(sets, indices);
  return lock ? "" : lock.error();
}

TEST(ResolveTest, TakesAllDependenciesOfRoots) {
  const auto indices =
      indices_of(package("a", "Depends: b (>= 1), c | d\nPre-Depends: e\n") +
                 package("b", "Depends: a\n") + package("c") + package("d") + package("e") +
                 package("b", "Depends: f\n", "2") + package("f") + package("g"));
  const auto lock = resolve(one_set({.roots = {"a"}}), indices);
  ASSERT_TRUE(lock) << lock.error();
  ASSERT_EQ(lock->sets.size(), 1U);
  EXPECT_EQ(lock->sets[0].first, "z");
  EXPECT_EQ(lock->sets[0].second, (Names{"a", "b", "c", "e", "f"}));
  EXPECT_EQ(lock->packages.at("b").version, "2");
  EXPECT_EQ(lock->packages.at("b").path, "pool/b_2.deb");
  EXPECT_EQ(lock->packages.at("b").sha256, "b2");
}

TEST(ResolveTest, TakesSomePackagesWithoutDependencies) {
  const auto indices =
      indices_of(package("a", "Depends: b\n") + package("b", "Depends: c\n") + package("c"));
  const auto lock = resolve(one_set({.roots = {"a"}, .without_dependencies = {"b"}}), indices);
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->sets[0].second, (Names{"a", "b"}));
}

TEST(ResolveTest, PrefersTheAlternativeThatTheSetNames) {
  const auto indices = indices_of(package("a", "Depends: b | c\n") + package("b") + package("c"));
  const auto lock = resolve(one_set({.roots = {"a", "c"}}), indices);
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->sets[0].second, (Names{"a", "c"}));
}

TEST(ResolveTest, TakesTheProviderOfAName) {
  const auto indices =
      indices_of(package("a", "Depends: none | awk\n") + package("mawk", "Provides: awk\n"));
  auto lock = resolve(one_set({.roots = {"a"}}), indices);
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->sets[0].second, (Names{"a", "mawk"}));

  const auto two = indices_of(package("a", "Depends: awk\n") + package("mawk", "Provides: awk\n") +
                              package("gawk", "Provides: awk\n"));
  EXPECT_EQ(error_of(one_set({.roots = {"a"}}), two),
            "set \"z\": a depends on awk, which several packages provide: gawk, mawk. Name one of "
            "them in \"roots\", or awk in \"exclude\".");
  lock = resolve(one_set({.roots = {"a", "gawk"}}), two);
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->sets[0].second, (Names{"a", "gawk"}));
}

TEST(ResolveTest, ExcludesPackages) {
  const auto indices = indices_of(package("a", "Depends: b, c, awk\n") + package("b") +
                                  package("c") + package("mawk", "Provides: awk\n"));
  const auto lock = resolve(
      one_set({.roots = {"a"}, .excluded = {{"b", "w"}, {"mawk", "w"}}}, {{"c", "w"}}), indices);
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->sets[0].second, (Names{"a"}));
  // A set may name a package that all others exclude, but then the entry is unused here.
  EXPECT_EQ(error_of(one_set({.roots = {"a", "c"}}, {{"c", "w"}}), indices),
            "the list for every set excludes c, on which no package depends. Delete it "
            "from \"exclude\".");
  EXPECT_EQ(error_of(one_set({.roots = {"c"}, .excluded = {{"b", "w"}}}), indices),
            "set \"z\" excludes b, on which no package depends. Delete it from \"exclude\".");
}

TEST(ResolveTest, NamesMissingPackages) {
  const auto indices = indices_of(package("a", "Depends: b\n"));
  EXPECT_EQ(error_of(one_set({.roots = {"x"}}), indices),
            "set \"z\" names x, which release \"d\" does not have");
  EXPECT_EQ(error_of(one_set({.without_dependencies = {"x"}}), indices),
            "set \"z\" names x, which release \"d\" does not have");
  EXPECT_EQ(error_of(one_set({.roots = {"a"}}), indices),
            "set \"z\": a depends on b, which release \"d\" does not have. Name it in \"exclude\" "
            "if it is not needed.");
}

TEST(ResolveTest, RefusesOnePackageOfTwoReleases) {
  Indices indices = indices_of(package("a"));
  ASSERT_TRUE(indices["e"].add(package("a", "", "2"), "t"));
  PackageSets sets = one_set({.roots = {"a"}});
  sets.sets.push_back({.name = "y", .release = "e", .roots = {"a"}});
  EXPECT_EQ(
      error_of(sets, indices),
      "set \"y\" takes a 2, and another set takes 1. The lock has one entry per package: take "
      "both from one release.");
}

}  // namespace
}  // namespace kmod::lock
