// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// pr_debug() where DEBUG is defined.

#define DEBUG
#include <gtest/gtest.h>

#include "kmod/print.h"
#include "kmod/testing/fake_kernel.h"

namespace {

TEST(PrintDebugTest, IsPrintedAtLevelDebug) {
  kmod::testing::FakeKernel kernel;
  pr_debug("step %d\n", 3);
  EXPECT_EQ(kernel.log(), std::vector<std::string>{"<7>fake: step 3\n"});
}

}  // namespace
