// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// //hello on the host: the same library that becomes the module.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod/testing/fake_kernel.h"

extern "C" {
int kmod_module_init(void);
void kmod_module_exit(void);
int volatile kmod_param_int_times = 1;
const char* volatile kmod_param_charp_who = "world";
}

namespace {

using kmod::testing::FakeKernel;
using Log = std::vector<std::string>;

class HelloTest : public ::testing::Test {
 protected:
  HelloTest() {
    kmod_param_int_times = 1;
    kmod_param_charp_who = "world";
  }

  FakeKernel kernel_;
};

TEST_F(HelloTest, GreetsOnceByDefault) {
  ASSERT_EQ(kmod_module_init(), 0);
  EXPECT_EQ(kernel_.live(), 1);
  kmod_module_exit();
  EXPECT_EQ(kernel_.log(), (Log{"<6>fake: hello, world\n", "<6>fake: bye\n"}));
  EXPECT_EQ(kernel_.live(), 0);
}

TEST_F(HelloTest, GreetsWhomAndAsOftenAsTold) {
  kmod_param_int_times = 2;
  kmod_param_charp_who = "kernel";
  ASSERT_EQ(kmod_module_init(), 0);
  kmod_module_exit();
  EXPECT_EQ(kernel_.log(),
            (Log{"<6>fake: hello, kernel\n", "<6>fake: hello, kernel\n", "<6>fake: bye\n"}));
}

TEST_F(HelloTest, GreetsNoOneWhenTold) {
  kmod_param_int_times = 0;
  ASSERT_EQ(kmod_module_init(), 0);
  kmod_module_exit();
  EXPECT_EQ(kernel_.log(), Log{"<6>fake: bye\n"});
}

TEST_F(HelloTest, GreetsAtTheLimit) {
  kmod_param_int_times = 16;
  ASSERT_EQ(kmod_module_init(), 0);
  EXPECT_EQ(kernel_.log().size(), 16u);
  kmod_module_exit();
}

TEST_F(HelloTest, RefusesOtherCounts) {
  for (const int times : {-1, 17}) {
    kmod_param_int_times = times;
    EXPECT_EQ(kmod_module_init(), -22);
    EXPECT_EQ(kernel_.log().back(),
              "<3>fake: times is " + std::to_string(times) + ": give a number from 0 to 16\n");
  }
  EXPECT_TRUE(kernel_.allocations().empty());
}

TEST_F(HelloTest, SaysNothingWithoutMemory) {
  kernel_.fail_after(0);
  EXPECT_EQ(kmod_module_init(), -12);
  EXPECT_TRUE(kernel_.log().empty());
}

}  // namespace
