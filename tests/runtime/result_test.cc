// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace {

kmod::Result<int> half(int number) {
  if (number % 2 != 0) {
    return std::unexpected(kmod::edom);
  }
  return number / 2;
}

kmod::Result<void> require_positive(int number) {
  if (number <= 0) {
    return std::unexpected(kmod::erange);
  }
  return {};
}

kmod::Result<std::unique_ptr<int>> quarter(int number, int* ends) {
  struct CountsItsEnd {
    int* ends;
    ~CountsItsEnd() { ++*ends; }
  } local{ends};
  KMOD_TRY(require_positive(number));
  const int halved = KMOD_TRY(half(number));
  return std::make_unique<int>(KMOD_TRY(half(halved)));
}

kmod::Result<int> quarter_plus_one(int number, int* ends) {
  // The value cannot be copied: it has to be moved out.
  std::unique_ptr<int> value = KMOD_TRY(quarter(number, ends));
  return *value + 1;
}

TEST(ResultTest, TryYieldsTheValue) {
  int ends = 0;
  EXPECT_EQ(quarter_plus_one(8, &ends), 3);
  EXPECT_EQ(ends, 1);
}

TEST(ResultTest, TryReturnsTheFirstError) {
  int ends = 0;
  EXPECT_EQ(quarter_plus_one(0, &ends).error(), kmod::erange);
  EXPECT_EQ(quarter_plus_one(3, &ends).error(), kmod::edom);
  EXPECT_EQ(quarter_plus_one(6, &ends).error(), kmod::edom);
  EXPECT_EQ(ends, 3) << "locals are destroyed on each way out";
}

TEST(ResultTest, TryEvaluatesItsArgumentOnce) {
  int calls = 0;
  const auto result = [&]() -> kmod::Result<int> {
    return KMOD_TRY([&]() -> kmod::Result<int> { return ++calls; }());
  }();
  EXPECT_EQ(result, 1);
  EXPECT_EQ(calls, 1);
}

TEST(ResultTest, ConvertsFromAndToKernelReturns) {
  EXPECT_TRUE(kmod::result_of(0).has_value());
  EXPECT_TRUE(kmod::result_of(3).has_value());
  EXPECT_EQ(kmod::result_of(-28).error(), kmod::enospc);
  EXPECT_EQ(kmod::to_return({}), 0);
  EXPECT_EQ(kmod::to_return(std::unexpected(kmod::ebusy)), -16);
}

}  // namespace
