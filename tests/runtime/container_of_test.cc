// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/container_of.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace kmod {
namespace {

struct Work {
  int pending = 0;
};

struct Clock {
  long ticks = 7;
  Work first;
  Work second;
};

TEST(ContainerOfTest, FindsTheOwnerOfEachMember) {
  Clock clock;
  EXPECT_EQ(container_of<&Clock::first>(&clock.first), &clock);
  EXPECT_EQ(container_of<&Clock::second>(&clock.second), &clock);
  EXPECT_EQ(container_of<&Clock::ticks>(&clock.ticks)->ticks, 7);
}

TEST(ContainerOfTest, TakesOnlyTheTypeOfTheMember) {
  EXPECT_TRUE((std::is_same_v<MemberTraits<&Clock::first>::Value, Work>));
  EXPECT_TRUE((std::is_same_v<decltype(container_of<&Clock::first>(nullptr)), Clock*>));
}

}  // namespace
}  // namespace kmod
