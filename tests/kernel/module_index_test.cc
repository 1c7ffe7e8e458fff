// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/module_index.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kmod::kernel {
namespace {

using Names = std::vector<std::string>;
using Need = LoadOrder::Need;
using std::string_view_literals::operator""sv;

// What depmod wrote for Linux 6.1, shortened.
constexpr std::string_view kDependencies =
    "kernel/drivers/md/dm-mod.ko:\n"
    "kernel/drivers/md/dm-bufio.ko: kernel/drivers/md/dm-mod.ko\n"
    "kernel/drivers/md/persistent-data/dm-persistent-data.ko: kernel/drivers/md/dm-bufio.ko "
    "kernel/drivers/md/dm-mod.ko kernel/lib/libcrc32c.ko\n"
    "kernel/lib/libcrc32c.ko:\n"
    "kernel/crypto/crc32c_generic.ko:\n"
    "kernel/arch/x86/crypto/crc32c-intel.ko.xz:\n"
    "kernel/drivers/block/loop.ko:\n"
    "kernel/a.ko:\n"
    "kernel/b.ko:\n";

ModuleIndex sample() {
  auto index = ModuleIndex::parse({
      .dependencies = std::string(kDependencies),
      .soft_dependencies = "# Soft dependencies\n"
                           "softdep libcrc32c pre: crc32c\n"
                           "softdep a pre: b absent post: loop\n"
                           "softdep b pre: a\n",
      .aliases = "# Aliases\n"
                 "alias crc32c crc32c_intel\n"
                 "alias crc32c crc32c_generic\n"
                 "alias block-major-7-* loop\n"
                 "alias pci:v[0-9]*d* absent\n",
      .built_in = "kernel/fs/ext4/ext4.ko\n",
      .built_in_info = std::string("ext4.license=GPL\0ext4.alias=fs-ext4\0"sv),
  });
  EXPECT_TRUE(index) << index.error();
  return std::move(index).value_or(ModuleIndex());
}

Names order_of(std::string_view name, std::set<std::string> given = {}) {
  const ModuleIndex index = sample();
  LoadOrder order(index, std::move(given));
  EXPECT_TRUE(order.add(name, Need::kRequired));
  return order.names();
}

TEST(ModuleIndexTest, FindsNamesAndAliases) {
  const ModuleIndex index = sample();
  EXPECT_EQ(index.find("dm-mod"), Names{"dm_mod"});
  EXPECT_EQ(index.find("crc32c"), (Names{"crc32c_intel", "crc32c_generic"}));
  EXPECT_EQ(index.find("block-major-7-1"), Names{"loop"});
  EXPECT_EQ(index.find("block-major-8-1"), Names{});
  EXPECT_EQ(index.find("pci:v1d1"), Names{});
  EXPECT_FALSE(index.is_built_in("loop"));
  EXPECT_TRUE(index.is_built_in("ext4"));
  EXPECT_TRUE(index.is_built_in("fs-ext4"));
  EXPECT_EQ(index.module("crc32c_intel")->path, "kernel/arch/x86/crypto/crc32c-intel.ko.xz");
}

TEST(ModuleIndexTest, RefusesOtherLines) {
  EXPECT_EQ(ModuleIndex::parse({.dependencies = "kernel/a.ko\n"}).error(),
            "modules.dep has the line \"kernel/a.ko\", which depmod does not write");
  EXPECT_EQ(ModuleIndex::parse({.dependencies = "", .aliases = "alias x\n"}).error(),
            "modules.alias has the line \"alias x\", which depmod does not write");
}

TEST(LoadOrderTest, IsThatOfModprobe) {
  // modprobe --show-depends prints the same.
  EXPECT_EQ(order_of("dm-persistent-data"), (Names{"crc32c_intel", "crc32c_generic", "libcrc32c",
                                                   "dm_mod", "dm_bufio", "dm_persistent_data"}));
  // Soft dependencies in a circle, one that does not exist, one that comes later.
  EXPECT_EQ(order_of("a"), (Names{"b", "a", "loop"}));
}

TEST(LoadOrderTest, KnowsWhatMayFail) {
  const ModuleIndex index = sample();
  LoadOrder order(index, {});
  EXPECT_TRUE(order.add("dm_persistent_data", Need::kRequired));
  for (const char* name : {"libcrc32c", "dm_mod", "dm_bufio", "dm_persistent_data"}) {
    EXPECT_TRUE(order.requires_module(name)) << name;
  }
  EXPECT_FALSE(order.requires_module("crc32c_intel"));
  EXPECT_TRUE(order.add("fs-ext4", Need::kRequired));
  EXPECT_FALSE(order.add("absent", Need::kRequired));
  // It was soft before.
  EXPECT_TRUE(order.add("crc32c-intel", Need::kRequired));
  EXPECT_TRUE(order.requires_module("crc32c_intel"));
  EXPECT_EQ(order.names().size(), 6U);
}

TEST(LoadOrderTest, LeavesGivenModulesOut) {
  EXPECT_EQ(order_of("dm-bufio", {"dm_mod"}), Names{"dm_bufio"});
  EXPECT_EQ(order_of("dm-mod", {"dm_mod"}), Names{});
}

TEST(SoftDependenciesTest, IgnoresWordsBeforeTheFirstKeyword) {
  EXPECT_EQ(parse_soft_dependencies("softdep cifs gcm"), SoftDependencies{});
  EXPECT_EQ(parse_soft_dependencies("pre: a  b post: c"),
            (SoftDependencies{.pre = {"a", "b"}, .post = {"c"}}));
}

}  // namespace
}  // namespace kmod::kernel
