// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Headers that are not precompiled come first: what they include from those that are must not be
// defined twice.
#include <fcntl.h>
#include <stdlib.h>

#include <complex>
#include <experimental/memory_resource>
#include <experimental/optional>
#include <ext/pb_ds/assoc_container.hpp>
#include <future>
#include <iostream>
#include <random>
#include <regex>
#include <tr1/unordered_map>
#include <valarray>

#define NDEBUG
#include <gtest/gtest.h>

#include <cassert>
#include <filesystem>
#include <string>
#include <vector>

std::vector<std::string> kernel_names();

namespace {

using Tree = __gnu_pbds::tree<int, __gnu_pbds::null_type, std::less<>, __gnu_pbds::rb_tree_tag,
                              __gnu_pbds::tree_order_statistics_node_update>;

int calls = 0;

[[maybe_unused]] bool called() {
  ++calls;
  return false;
}

TEST(OtherHeadersTest, WorkTogether) {
  Tree tree;
  tree.insert(7);
  tree.insert(3);
  EXPECT_EQ(*tree.find_by_order(1), 7);
  EXPECT_TRUE(std::regex_match(std::string("hello_ko"), std::regex("[a-z]+_ko")));
  std::tr1::unordered_map<int, int> numbers;
  numbers[1] = 2;
  EXPECT_EQ(numbers.size(), 1U);
  EXPECT_EQ(std::valarray<int>({1, 2, 3}).sum(), 6);
  EXPECT_EQ(std::abs(std::complex<double>(3, 4)), 5.0);
  EXPECT_EQ(std::async(std::launch::deferred, [] { return 4; }).get(), 4);
  EXPECT_EQ(std::mt19937()(), 3499211612U);
  EXPECT_TRUE(std::cout.good());
  EXPECT_EQ(std::filesystem::path("a/b").filename(), "b");
  EXPECT_EQ(kernel_names().front(), "127");
}

TEST(OtherHeadersTest, AFileChoosesWhatAssertDoes) {
  assert(called());
  EXPECT_EQ(calls, 0);
}

}  // namespace
