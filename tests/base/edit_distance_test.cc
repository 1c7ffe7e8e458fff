// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/edit_distance.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kmod::base {
namespace {

using Names = std::vector<std::string>;

TEST(EditDistanceTest, CountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kfree", "kfree"), 0u);
  EXPECT_EQ(edit_distance("kfreee", "kfree"), 1u);
  EXPECT_EQ(edit_distance("kmaloc", "kmalloc"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("sitting", "kitten"), 3u);
}

TEST(EditDistanceTest, NearestNamesComeInOrderAndOnlyWhenNear) {
  const std::vector<std::string_view> names = {"kmalloc_node", "__kmalloc", "kmalloc", "vmalloc",
                                               "schedule",     "kfree",     "kmalloc"};
  EXPECT_EQ(nearest_names("kmaloc", names, 4), (Names{"kmalloc"}));
  EXPECT_EQ(nearest_names("kmalloc", names, 4),
            (Names{"kmalloc", "vmalloc", "__kmalloc", "kmalloc_node"}));
  EXPECT_EQ(nearest_names("kmalloc", names, 2), (Names{"kmalloc", "vmalloc"}));
  EXPECT_EQ(nearest_names("printk", {"_printk", "vprintk_emit"}, 4), (Names{"_printk"}));
  EXPECT_EQ(nearest_names("completely_different", names, 4), Names());
}

TEST(EditDistanceTest, ShortNamesAreNoPrefixOfEverything) {
  EXPECT_EQ(nearest_names("get", {"get_device", "put"}, 4), Names());
}

}  // namespace
}  // namespace kmod::base
