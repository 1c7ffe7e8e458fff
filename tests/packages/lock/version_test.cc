// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/version.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <iterator>

namespace kmod::lock {
namespace {

TEST(VersionTest, SortsAsDebianDoes) {
  // Each is lower than the next: dpkg --compare-versions says the same.
  constexpr const char* kSorted[] = {
      "1.0~~",         "1.0~rc1",        "1.0",     "1.0-1~deb12u1", "1.0-1", "1.0-1+b1",
      "1.0-1+deb12u2", "1.0-1+deb12u10", "1.0a",    "1.0+dfsg-1",    "1.0.1", "1.9",
      "1.10",          "1:0.5",          "1:0.5-1", "10:0",
  };
  for (std::size_t i = 0; i < std::size(kSorted); ++i) {
    for (std::size_t j = 0; j < std::size(kSorted); ++j) {
      // GoogleTest cannot print an ordering.
      EXPECT_TRUE(compare_versions(kSorted[i], kSorted[j]) == (i <=> j))
          << kSorted[i] << " and " << kSorted[j];
    }
  }
}

TEST(VersionTest, TakesNumbersByTheirValue) {
  EXPECT_TRUE(compare_versions("1.001", "1.1") == 0);
  EXPECT_TRUE(compare_versions("0:1", "1") == 0);
  EXPECT_TRUE(compare_versions("1-0", "1") == 0);
  EXPECT_TRUE(compare_versions("99999999999999999999", "100000000000000000000") < 0);
}

}  // namespace
}  // namespace kmod::lock
