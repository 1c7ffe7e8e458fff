// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/demangle.h"

#include <gtest/gtest.h>

namespace kmod::base {
namespace {

TEST(DemangleTest, MakesCxxNamesReadableAndLeavesOthers) {
  EXPECT_EQ(demangle("_ZN5Hello6createEv"), "Hello::create()");
  EXPECT_EQ(demangle("kfree"), "kfree");
  EXPECT_EQ(demangle("_Znot_a_name"), "_Znot_a_name");
  // The demangler alone would take it for the type int.
  EXPECT_EQ(demangle("i"), "i");
}

TEST(DemangleTest, DescribesReferrers) {
  EXPECT_EQ(describe_referrer("_ZN5Hello6createEv", true), "Hello::create()");
  EXPECT_EQ(describe_referrer("_ZTV5Hello", false), "vtable for Hello");
  EXPECT_EQ(describe_referrer("init_module", true), "init_module()");
  EXPECT_EQ(describe_referrer("table", false), "table");
  EXPECT_EQ(describe_referrer("_GLOBAL__sub_I_hello.cc", true),
            "the static constructors of hello.cc");
}

}  // namespace
}  // namespace kmod::base
