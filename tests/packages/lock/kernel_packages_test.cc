// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/kernel_packages.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kmod::lock {
namespace {

using Names = std::vector<std::string>;

std::string package(std::string_view name, std::string_view depends = "") {
  std::string text = fmt::format(
      "Package: {0}\nVersion: 1\nArchitecture: amd64\nFilename: pool/{0}.deb\nSize: 9\n"
      "SHA256: {0}\n",
      name);
  if (!depends.empty()) text += fmt::format("Depends: {}\n", depends);
  return text + "\n";
}

PackageIndex index_of(const std::string& text) {
  PackageIndex index;
  EXPECT_TRUE(index.add(text, "s"));
  return index;
}

std::string tools(std::string_view number, std::string_view needed = "libc6") {
  std::string text = package(fmt::format("gcc-{}", number), fmt::format("libcc1-0, {}", needed)) +
                     package(fmt::format("cpp-{}", number)) + package("libc6") +
                     package("libcc1-0");
  for (const char* name : {"binutils", "binutils-x86-64-linux-gnu", "make", "dash", "bash",
                           "coreutils", "sed", "grep", "findutils", "mawk", "xz-utils"}) {
    text += package(name);
  }
  return text;
}

const KernelChoice kKernel = {
    .name = "mine", .release = "6.1.0-50-amd64", .compiler = "gcc-12", .suite = "s"};

TEST(KernelPackagesTest, AFlavorBeginsBehindTheVersion) {
  EXPECT_EQ(flavor_of("6.1.0-50-cloud-amd64"), "cloud-amd64");
  EXPECT_EQ(flavor_of("6.1.0-50-amd64"), "amd64");
  EXPECT_EQ(flavor_of("6.12.117+deb13-rt-amd64"), "rt-amd64");
  EXPECT_EQ(flavor_of("6.1.0-0.deb11.13-amd64"), "amd64");
  EXPECT_EQ(flavor_of("6.1.0-50"), "");
  EXPECT_EQ(flavor_of("amd64"), "");
}

TEST(KernelPackagesTest, ReleasesAreSortedByVersion) {
  const auto index =
      index_of(package("linux-headers-6.9.1-amd64") + package("linux-headers-6.12.1-amd64") +
               package("linux-headers-6.12.1-cloud-amd64") +
               package("linux-headers-6.12.1-common") + package("linux-headers-amd64"));
  EXPECT_EQ(kernel_releases(index), (Names{"6.12.1-amd64", "6.12.1-cloud-amd64", "6.9.1-amd64"}));
  EXPECT_EQ(newest_release(index, "amd64"), "6.12.1-amd64");
  EXPECT_EQ(newest_release(index, "rt").error(),
            "the index has no kernel of the flavor rt. It has: amd64, cloud-amd64");
}

TEST(KernelPackagesTest, FindsTheCompilerBelowTheHeaders) {
  const auto index = index_of(
      package("linux-headers-6.1.0-50-amd64", "linux-compiler-gcc-12-x86, linux-headers-common") +
      package("linux-compiler-gcc-12-x86", "gcc-12 (>= 12), gcc-12-locales") +
      package("linux-headers-common") + package("linux-headers-7.2-amd64", "gcc-16-for-host") +
      package("linux-headers-7.3-amd64", "gcc-16 | gcc-17") + package("linux-headers-7.4-amd64"));
  EXPECT_EQ(find_compiler(index, "6.1.0-50-amd64"), "gcc-12");
  EXPECT_EQ(find_compiler(index, "7.2-amd64"), "gcc-16");
  EXPECT_TRUE(find_compiler(index, "7.3-amd64")
                  .error()
                  .starts_with("linux-headers-7.3-amd64 depends on several compilers: gcc-16, "
                               "gcc-17. Name the one that built the kernel, such as "
                               "--compiler=gcc-16"));
  EXPECT_TRUE(find_compiler(index, "7.4-amd64")
                  .error()
                  .starts_with("linux-headers-7.4-amd64 depends on no compiler."));
  EXPECT_EQ(find_compiler(index, "6.1.0-51-amd64").error(),
            "the index has no linux-headers-6.1.0-51-amd64. It has these releases: 7.4-amd64, "
            "7.3-amd64, 7.2-amd64, 6.1.0-50-amd64");
}

TEST(KernelPackagesTest, MakesThreeSetsWithoutWhatOnlyASystemNeeds) {
  const auto index = index_of(
      tools("12") +
      package("linux-headers-6.1.0-50-amd64", "linux-compiler-gcc-12-x86, libelf1, linux-base") +
      package("linux-compiler-gcc-12-x86", "gcc-12") + package("libelf1", "libc6") +
      package("linux-base", "systemd") + package("systemd") +
      package("linux-image-6.1.0-50-amd64", "linux-modules-6.1.0-50-amd64, kmod") +
      package("linux-modules-6.1.0-50-amd64", "kmod") + package("kmod"));
  const auto sets = kernel_package_sets(kKernel, index, {});
  ASSERT_TRUE(sets) << sets.error();
  ASSERT_EQ(sets->sets.size(), 3U);
  EXPECT_EQ(sets->sets[0].name, "mine");
  EXPECT_EQ(sets->sets[0].roots, Names{"linux-headers-6.1.0-50-amd64"});
  Names excluded;
  for (const auto& [name, why] : sets->sets[0].excluded) excluded.push_back(name);
  EXPECT_EQ(excluded, (Names{"linux-base", "linux-compiler-gcc-12-x86"}));
  EXPECT_EQ(sets->sets[1].name, "mine_image");
  EXPECT_EQ(sets->sets[1].without_dependencies,
            (Names{"linux-image-6.1.0-50-amd64", "linux-modules-6.1.0-50-amd64"}));
  EXPECT_EQ(sets->sets[2].name, "mine_tools");
  excluded.clear();
  for (const auto& [name, why] : sets->sets[2].excluded) excluded.push_back(name);
  EXPECT_EQ(excluded, Names{"libcc1-0"});

  // The file has every set as it is.
  const auto again = parse_package_sets(format_package_sets(*sets), "x");
  EXPECT_FALSE(again);
  EXPECT_EQ(again.error(),
            "x: release \"s\" has no \"suites\" or no \"components\", such as [\"bookworm\"] and "
            "[\"main\"]");
  const auto complete = kernel_package_sets(
      kKernel, index, {.suites = {"s"}, .components = {"main"}, .architecture = "amd64"});
  ASSERT_TRUE(complete) << complete.error();
  const auto read = parse_package_sets(format_package_sets(*complete), "x");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(format_package_sets(*read), format_package_sets(*complete));
}

TEST(KernelPackagesTest, AnOldKernelNeedsTheHeadersOfItsCompiler) {
  const auto index =
      index_of(tools("10", "libgcc-10-dev") + package("libgcc-10-dev", "libasan6, libc6") +
               package("libasan6") + package("linux-headers-5.10.0-32-amd64", "gcc-10") +
               package("linux-image-5.10.0-32-amd64"));
  const auto sets = kernel_package_sets(
      {.name = "old", .release = "5.10.0-32-amd64", .compiler = "gcc-10", .suite = "s"}, index, {});
  ASSERT_TRUE(sets) << sets.error();
  EXPECT_FALSE(sets->sets[2].excluded.contains("libgcc-10-dev"));
  EXPECT_TRUE(sets->sets[2].excluded.contains("libasan6"));
}

TEST(KernelPackagesTest, AKernelWithoutAnImageIsAnError) {
  const auto index = index_of(tools("12") + package("linux-headers-6.1.0-50-amd64", "gcc-12"));
  EXPECT_TRUE(kernel_package_sets(kKernel, index, {})
                  .error()
                  .starts_with("the index has no linux-image-6.1.0-50-amd64, which VM tests boot"));
}

}  // namespace
}  // namespace kmod::lock
