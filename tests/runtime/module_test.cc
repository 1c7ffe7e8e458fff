// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/module.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>

#include "kmod/alloc.h"
#include "kmod/testing/fake_kernel.h"

namespace {

using kmod::testing::FakeKernel;

struct Events {
  int created = 0;
  int destroyed = 0;
  const void* address = nullptr;
};

Events events;
bool refuse = false;

class Device {
 public:
  static kmod::Result<Device> create();

  explicit Device(kmod::UniquePtr<int> number) : number_(std::move(number)) {
    ++events.created;
    events.address = this;
  }
  // Neither copied nor moved: the object is where others may point to.
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device() {
    ++events.destroyed;
    EXPECT_EQ(events.address, this);
    EXPECT_EQ(*number_, 42);
  }

 private:
  alignas(32) kmod::UniquePtr<int> number_;
};

kmod::Result<Device> Device::create() {
  auto number = KMOD_TRY(kmod::make_unique<int>(kmod::Gfp::kernel, 42));
  auto second = KMOD_TRY(kmod::make_unique<int>(kmod::Gfp::kernel, 43));
  if (refuse) {
    return std::unexpected(kmod::enodev);
  }
  return kmod::Result<Device>(std::in_place, std::move(number));
}

struct Movable {
  static kmod::Result<Movable> create();
  int value;
};

struct Started {
  [[nodiscard]] kmod::Result<void> start();
};

struct WithoutCreate {};
struct CreatesAnother {
  static kmod::Result<int> create();
};

static_assert(kmod::HasCreate<Device>);
static_assert(kmod::HasCreate<Movable>);
static_assert(!kmod::HasCreate<WithoutCreate>);
static_assert(!kmod::HasStart<WithoutCreate>);
static_assert(!kmod::HasCreate<Started>);
static_assert(kmod::HasStart<Started>);
static_assert(!kmod::HasStart<Device>, "it has no default constructor");
static_assert(!kmod::HasCreate<CreatesAnother>);
static_assert(std::is_trivially_destructible_v<kmod::ModuleSlot<Device>>,
              "else the compiler registers an exit handler, which a kernel never runs");

class ModuleTest : public ::testing::Test {
 protected:
  ModuleTest() {
    events = {};
    refuse = false;
  }

  FakeKernel kernel_;
};

}  // namespace

KMOD_MODULE(Device);

namespace {

TEST_F(ModuleTest, LivesFromInitToExit) {
  EXPECT_EQ(kmod_module_init(), 0);
  EXPECT_EQ(events.created, 1);
  EXPECT_EQ(events.destroyed, 0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(events.address) % 32, 0u);
  EXPECT_EQ(kernel_.live(), 1);
  kmod_module_exit();
  EXPECT_EQ(events.destroyed, 1);
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(ModuleTest, LoadsAgain) {
  for (int load = 1; load <= 2; ++load) {
    EXPECT_EQ(kmod_module_init(), 0);
    kmod_module_exit();
    EXPECT_EQ(events.created, load);
    EXPECT_EQ(events.destroyed, load);
  }
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(ModuleTest, FailureIsReturnedAndLeavesNothing) {
  refuse = true;
  EXPECT_EQ(kmod_module_init(), -19);
  EXPECT_EQ(events.created, 0);
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(ModuleTest, EveryFailedAllocationIsEnomemAndLeavesNothing) {
  for (int successes = 0; successes < 2; ++successes) {
    kernel_.fail_after(successes);
    EXPECT_EQ(kmod_module_init(), -12);
    EXPECT_EQ(events.created, 0);
    EXPECT_EQ(kernel_.live(), 0);
  }
}

TEST_F(ModuleTest, LoadsAfterAFailure) {
  refuse = true;
  EXPECT_EQ(kmod_module_init(), -19);
  refuse = false;
  EXPECT_EQ(kmod_module_init(), 0);
  kmod_module_exit();
  EXPECT_EQ(kernel_.live(), 0);
}

// A device that gives its own address away, and then fails or not.
class Registered {
 public:
  Registered() { ++events.created; }
  Registered(const Registered&) = delete;
  Registered& operator=(const Registered&) = delete;
  ~Registered() {
    ++events.destroyed;
    EXPECT_EQ(events.address, this);
  }

  [[nodiscard]] kmod::Result<void> start() {
    events.address = this;
    number_ = KMOD_TRY(kmod::make_unique<int>(kmod::Gfp::kernel, 42));
    if (refuse) return std::unexpected(kmod::enodev);
    return {};
  }

 private:
  alignas(32) kmod::UniquePtr<int> number_;
};

constinit kmod::ModuleSlot<Registered> slot = {};

TEST_F(ModuleTest, StartHasTheAddressAtWhichTheObjectStays) {
  for (int load = 1; load <= 2; ++load) {
    EXPECT_EQ(slot.init(), 0);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(events.address) % 32, 0u);
    EXPECT_EQ(events.destroyed, load - 1);
    EXPECT_EQ(kernel_.live(), 1);
    slot.exit();
    EXPECT_EQ(events.created, load);
    EXPECT_EQ(events.destroyed, load);
    EXPECT_EQ(kernel_.live(), 0);
  }
}

TEST_F(ModuleTest, FailureOfStartDestroysTheObject) {
  refuse = true;
  EXPECT_EQ(slot.init(), -19);
  EXPECT_EQ(events.destroyed, 1);
  EXPECT_EQ(kernel_.live(), 0);
  kernel_.fail_after(0);
  EXPECT_EQ(slot.init(), -12);
  EXPECT_EQ(events.destroyed, 2);
}

}  // namespace
