// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/alloc.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "kmod/testing/fake_kernel.h"

namespace {

using kmod::Gfp;
using kmod::testing::FakeKernel;

struct Tracked {
  static inline std::vector<int> destroyed;
  static inline int constructed = 0;

  Tracked() : Tracked(constructed) {}
  explicit Tracked(int number) : id(number) { ++constructed; }
  ~Tracked() { destroyed.push_back(id); }

  int id;
};

struct Base {
  explicit Base(int number) : number(number) {}
  virtual ~Base() = default;
  int number;
};
struct SecondBase {
  virtual ~SecondBase() = default;
};
struct Derived : Base, SecondBase {
  explicit Derived(int number) : Base(number) {}
  ~Derived() override { Tracked::destroyed.push_back(number); }
};
struct NotVirtual {};
struct FromNotVirtual : NotVirtual {};
struct alignas(64) Wide {
  char bytes[64 + 32];
};

template <class T>
concept HasGfpArrayNew = requires { new (Gfp::kernel) T[2]; };
template <class T, class... Arguments>
concept CanMakeUnique =
    requires(Arguments... arguments) { kmod::make_unique<T>(Gfp::kernel, arguments...); };

static_assert(!HasGfpArrayNew<int>);
static_assert(CanMakeUnique<int, int>);
static_assert(CanMakeUnique<int[], std::size_t>);
static_assert(!CanMakeUnique<int[]>);
static_assert(!CanMakeUnique<int[4]>, "a bounded array has its length twice");
static_assert(std::is_convertible_v<kmod::UniquePtr<int>, kmod::UniquePtr<const int>>);
static_assert(std::is_convertible_v<kmod::UniquePtr<Derived>, kmod::UniquePtr<SecondBase>>);
static_assert(!std::is_convertible_v<kmod::UniquePtr<FromNotVirtual>, kmod::UniquePtr<NotVirtual>>);
static_assert(!std::is_copy_constructible_v<kmod::UniqueArray<int>>);

class AllocTest : public ::testing::Test {
 protected:
  AllocTest() {
    Tracked::destroyed.clear();
    Tracked::constructed = 0;
  }

  FakeKernel kernel_;
};

TEST_F(AllocTest, TaggedNewPassesTheGfp) {
  int* number = new (Gfp::atomic) int(5);
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(*number, 5);
  ASSERT_EQ(kernel_.allocations().size(), 1u);
  EXPECT_EQ(kernel_.allocations()[0].size, sizeof(int));
  EXPECT_EQ(kernel_.allocations()[0].gfp, static_cast<unsigned>(Gfp::atomic));
  EXPECT_NE(kernel_.allocations()[0].gfp, static_cast<unsigned>(Gfp::kernel));
  kfree(number);
}

TEST_F(AllocTest, TaggedNewThatFailsConstructsNothing) {
  kernel_.fail_after(0);
  EXPECT_EQ(new (Gfp::kernel) Tracked(1), nullptr);
  EXPECT_EQ(Tracked::constructed, 0);
}

TEST_F(AllocTest, MakeUniqueOwns) {
  {
    const auto tracked = kmod::make_unique<Tracked>(Gfp::kernel, 7);
    ASSERT_TRUE(tracked.has_value());
    EXPECT_EQ((*tracked)->id, 7);
    EXPECT_EQ(kernel_.live(), 1);
  }
  EXPECT_EQ(Tracked::destroyed, std::vector<int>{7});
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(AllocTest, MakeUniqueThatFailsIsEnomem) {
  kernel_.fail_after(0);
  EXPECT_EQ(kmod::make_unique<Tracked>(Gfp::kernel, 7).error(), kmod::enomem);
  EXPECT_EQ(Tracked::constructed, 0);
}

TEST_F(AllocTest, ABaseFreesTheWholeObject) {
  {
    kmod::UniquePtr<SecondBase> base = *kmod::make_unique<Derived>(Gfp::kernel, 9);
    EXPECT_EQ(kernel_.live(), 1);
  }
  EXPECT_EQ(Tracked::destroyed, std::vector<int>{9});
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(AllocTest, OverAlignedObjectsAreAligned) {
  const auto wide = kmod::make_unique<Wide>(Gfp::kernel);
  ASSERT_TRUE(wide.has_value());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(wide->get()) % alignof(Wide), 0u);
  EXPECT_EQ(kernel_.allocations()[0].size, 128u);

  Wide* raw = new (Gfp::kernel) Wide;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(raw) % alignof(Wide), 0u);
  kfree(raw);

  const auto array = kmod::make_unique<Wide[]>(Gfp::kernel, 3);
  ASSERT_TRUE(array.has_value());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(array->data()) % alignof(Wide), 0u);
  EXPECT_EQ(kernel_.allocations()[2].size, 512u);
}

TEST_F(AllocTest, OverAlignedSizeThatCannotBeRoundedUpFails) {
  EXPECT_EQ(kmod::kmalloc(~std::size_t{0}, Gfp::kernel, 64), nullptr);
  EXPECT_TRUE(kernel_.allocations().empty());
}

TEST_F(AllocTest, ArrayElementsAreMadeInOrderAndDestroyedInReverse) {
  {
    auto array = kmod::make_unique<Tracked[]>(Gfp::nofs, 3);
    ASSERT_TRUE(array.has_value());
    EXPECT_EQ(array->size(), 3u);
    EXPECT_EQ(array->span().size(), 3u);
    EXPECT_EQ(array->span()[2].id, 2);
    EXPECT_EQ(kernel_.allocations()[0].size, 3 * sizeof(Tracked));
  }
  EXPECT_EQ(Tracked::destroyed, (std::vector<int>{2, 1, 0}));
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(AllocTest, ArrayElementsAreValueInitialized) {
  const auto array = kmod::make_unique<int[]>(Gfp::kernel, 100);
  ASSERT_TRUE(array.has_value());
  for (const int number : *array) {
    ASSERT_EQ(number, 0);
  }
}

TEST_F(AllocTest, ArrayOfNoneSucceeds) {
  const auto array = kmod::make_unique<Tracked[]>(Gfp::kernel, 0);
  ASSERT_TRUE(array.has_value());
  EXPECT_TRUE(array->empty());
  EXPECT_EQ(Tracked::constructed, 0);
}

TEST_F(AllocTest, ArrayWhoseSizeOverflowsIsEnomemWithoutAsking) {
  const std::size_t most = ~std::size_t{0} / sizeof(Tracked);
  EXPECT_EQ(kmod::make_unique<Tracked[]>(Gfp::kernel, most + 1).error(), kmod::enomem);
  EXPECT_TRUE(kernel_.allocations().empty());
  EXPECT_EQ(kmod::make_unique<Tracked[]>(Gfp::kernel, most).error(), kmod::enomem);
  EXPECT_EQ(kernel_.allocations().size(), 1u) << "this one fits a size, so the kernel was asked";
}

TEST_F(AllocTest, ArrayThatFailsConstructsNothing) {
  kernel_.fail_after(0);
  EXPECT_EQ(kmod::make_unique<Tracked[]>(Gfp::kernel, 4).error(), kmod::enomem);
  EXPECT_EQ(Tracked::constructed, 0);
}

TEST_F(AllocTest, FailureReleasesWhatCameBefore) {
  const auto two = [](Gfp gfp) -> kmod::Result<int> {
    auto first = KMOD_TRY(kmod::make_unique<Tracked>(gfp, 1));
    auto second = KMOD_TRY(kmod::make_unique<Tracked[]>(gfp, 2));
    return first->id + static_cast<int>(second.size());
  };
  for (int successes = 0; successes < 2; ++successes) {
    kernel_.fail_after(successes);
    EXPECT_EQ(two(Gfp::kernel).error(), kmod::enomem);
    EXPECT_EQ(kernel_.live(), 0);
    EXPECT_EQ(static_cast<int>(Tracked::destroyed.size()), Tracked::constructed);
  }
  kernel_.fail_after(2);
  EXPECT_EQ(two(Gfp::kernel), 3);
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(AllocTest, MovedArrayFreesOnce) {
  {
    auto first = *kmod::make_unique<Tracked[]>(Gfp::kernel, 2);
    kmod::UniqueArray<Tracked> second = std::move(first);
    // That a moved-from array is empty is promised.
    // NOLINTNEXTLINE(bugprone-use-after-move)
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(second.size(), 2u);
    auto third = *kmod::make_unique<Tracked[]>(Gfp::kernel, 1);
    third = std::move(second);
    EXPECT_EQ(third.size(), 2u);
    EXPECT_EQ(Tracked::destroyed, std::vector<int>{2}) << "what third held before";
    auto& itself = third;
    third = std::move(itself);
    EXPECT_EQ(third.size(), 2u);
  }
  EXPECT_EQ(Tracked::constructed, 3);
  EXPECT_EQ(Tracked::destroyed.size(), 3u);
  EXPECT_EQ(kernel_.live(), 0);
}

// A list whose nodes each own the next one.
struct Node {
  explicit Node(int new_value) : value(new_value) {}

  kmod::UniquePtr<Node> next;
  int value;
};

TEST_F(AllocTest, NodeOwnsTheNext) {
  auto first = kmod::make_unique<Node>(kmod::Gfp::kernel, 1);
  auto second = kmod::make_unique<Node>(kmod::Gfp::kernel, 2);
  ASSERT_TRUE(first && second);
  (*first)->next = std::move(*second);
  Node moved = std::move(**first);
  EXPECT_EQ(moved.next->value, 2);
  EXPECT_EQ((*first)->next, nullptr);
  EXPECT_EQ(kernel_.live(), 2);
  moved.next.reset();
  EXPECT_EQ(kernel_.live(), 1);
}

}  // namespace
