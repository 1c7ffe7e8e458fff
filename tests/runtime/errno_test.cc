// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/errno.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace {

template <int returned>
concept IsConstantErrno =
    requires { typename std::integral_constant<int, kmod::Errno::from_return(returned).code()>; };

static_assert(IsConstantErrno<-1>);
static_assert(IsConstantErrno<-4095>);
static_assert(!IsConstantErrno<0>);
static_assert(!IsConstantErrno<1>);
static_assert(!IsConstantErrno<-4096>);

// Keeps the compiler from evaluating the number at compile time.
int at_run_time(int number) {
  volatile int hidden = number;
  return hidden;
}

TEST(ErrnoTest, ConstantsHaveTheNumbersOfTheirNames) {
  EXPECT_EQ(kmod::eperm.code(), EPERM);
  EXPECT_EQ(kmod::enomem.code(), ENOMEM);
  EXPECT_EQ(kmod::einval.code(), EINVAL);
  EXPECT_EQ(kmod::etimedout.code(), ETIMEDOUT);
  EXPECT_EQ(kmod::erestartsys.code(), 512);
}

TEST(ErrnoTest, EveryNameIsTheHostsNumber) {
#define EXPECT_SAME(cpp_name, c_name, number) EXPECT_EQ(kmod::cpp_name.code(), c_name);
// Kernel-internal: no header of the C library has it.
#define ERESTARTSYS 512
  KMOD_ERRNO_LIST(EXPECT_SAME);
#undef ERESTARTSYS
#undef EXPECT_SAME
}

TEST(ErrnoTest, ReturnsNegative) { EXPECT_EQ(kmod::enodev.to_return(), -ENODEV); }

TEST(ErrnoTest, TakesWhatAKernelFunctionReturned) {
  EXPECT_EQ(kmod::Errno::from_return(at_run_time(-12)), kmod::enomem);
  EXPECT_EQ(kmod::Errno::from_return(at_run_time(-1)).code(), 1);
  EXPECT_EQ(kmod::Errno::from_return(at_run_time(-4095)).code(), 4095);
}

TEST(ErrnoTest, WhatIsNoErrorNumberStaysAFailure) {
  for (const int returned : {0, 1, 12, -4096, -2147483647 - 1}) {
    EXPECT_EQ(kmod::Errno::from_return(at_run_time(returned)), kmod::einval) << returned;
  }
}

}  // namespace
