// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/print.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/runtime/fake_kernel.h"

namespace {

using kmod::FormatCheck;
using Fault = kmod::FormatFault;

enum Unscoped { zero };
enum class Scoped { kZero };
enum class Wide : unsigned long { kZero };

// Every refusal of the macros is one of these values, so that they can be asserted without failing
// to compile.
static_assert(FormatCheck<>::fault("plain\n") == Fault::kNone);
static_assert(FormatCheck<>::fault("100 %%\n") == Fault::kNone);
static_assert(FormatCheck<int, unsigned, char, bool, short>::fault("%d %u %c %d %hd\n") ==
              Fault::kNone);
static_assert(FormatCheck<unsigned char, Unscoped>::fault("%02hhx %i\n") == Fault::kNone);
static_assert(FormatCheck<long, unsigned long, long long, std::size_t>::fault(
                  "%ld %#lx %lld %zu\n") == Fault::kNone);
static_assert(FormatCheck<const char*, char*>::fault("%s %-10s\n") == Fault::kNone);
static_assert(FormatCheck<int, const char*>::fault("%.*s\n") == Fault::kNone);
static_assert(FormatCheck<int, int, int>::fault("%*.*d\n") == Fault::kNone);
static_assert(FormatCheck<void*, const int*, char*, void (*)()>::fault("%p %pI4 %p %ps\n") ==
              Fault::kNone);
static_assert(FormatCheck<int, const void*>::fault("%*ph\n") == Fault::kNone);

static_assert(FormatCheck<>::fault("") == Fault::kNoNewline);
static_assert(FormatCheck<>::fault("open") == Fault::kNoNewline);
static_assert(FormatCheck<int>::fault("\n%d") == Fault::kNoNewline);
static_assert(FormatCheck<>::fault("50%") == Fault::kIncompleteConversion);
static_assert(FormatCheck<>::fault("50%l") == Fault::kIncompleteConversion);
static_assert(FormatCheck<>::fault("50% of\n") == Fault::kTooFewArguments,
              "a space is a flag, o is octal");
static_assert(FormatCheck<int>::fault("%y\n") == Fault::kUnknownConversion);
static_assert(FormatCheck<int*>::fault("%n\n") == Fault::kUnknownConversion);
static_assert(FormatCheck<long>::fault("%jd\n") == Fault::kUnknownConversion);
static_assert(FormatCheck<const char*>::fault("%ls\n") == Fault::kUnknownConversion);
static_assert(FormatCheck<double>::fault("%f\n") == Fault::kFloatingPoint);
static_assert(FormatCheck<double>::fault("%5.1Lg\n") == Fault::kFloatingPoint);
static_assert(FormatCheck<double>::fault("%d\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<>::fault("%d\n") == Fault::kTooFewArguments);
static_assert(FormatCheck<>::fault("%s\n") == Fault::kTooFewArguments);
static_assert(FormatCheck<>::fault("%p\n") == Fault::kTooFewArguments);
static_assert(FormatCheck<int>::fault("%*d\n") == Fault::kTooFewArguments);
static_assert(FormatCheck<int>::fault("none\n") == Fault::kTooManyArguments);
static_assert(FormatCheck<int, int>::fault("%d%%\n") == Fault::kTooManyArguments);
static_assert(FormatCheck<const char*>::fault("%d\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<Scoped>::fault("%d\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<Wide>::fault("%lu\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<const char*, int>::fault("%*d\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<long>::fault("%d\n") == Fault::kWrongIntegerSize);
static_assert(FormatCheck<int>::fault("%ld\n") == Fault::kWrongIntegerSize);
static_assert(FormatCheck<unsigned>::fault("%zu\n") == Fault::kWrongIntegerSize);
static_assert(FormatCheck<long>::fault("%c\n") == Fault::kWrongIntegerSize);
static_assert(FormatCheck<__int128>::fault("%lld\n") == Fault::kNotAnInteger);
static_assert(FormatCheck<int>::fault("%s\n") == Fault::kNotAString);
static_assert(FormatCheck<std::string_view>::fault("%s\n") == Fault::kNotAString);
static_assert(FormatCheck<const unsigned char*>::fault("%s\n") == Fault::kNotAString);
static_assert(FormatCheck<int>::fault("%p\n") == Fault::kNotAPointer);

TEST(PrintTest, PutsLevelAndModuleInFront) {
  kmod::testing::FakeKernel kernel;
  pr_emerg("%d\n", 0);
  pr_alert("%d\n", 1);
  pr_crit("%d\n", 2);
  pr_err("%d\n", 3);
  pr_warn("%d\n", 4);
  pr_notice("%d\n", 5);
  pr_info("six\n");
  EXPECT_EQ(kernel.log(), (std::vector<std::string>{"<0>fake: 0\n", "<1>fake: 1\n", "<2>fake: 2\n",
                                                    "<3>fake: 3\n", "<4>fake: 4\n", "<5>fake: 5\n",
                                                    "<6>fake: six\n"}));
}

TEST(PrintTest, TakesArraysAsTheirPointers) {
  kmod::testing::FakeKernel kernel;
  const char name[] = "sda";
  pr_info("%s %.*s\n", name, 2, "abc");
  EXPECT_EQ(kernel.log(), std::vector<std::string>{"<6>fake: sda ab\n"});
}

TEST(PrintTest, DebugIsDroppedWithItsArguments) {
  kmod::testing::FakeKernel kernel;
  int evaluated = 0;
  pr_debug("%d\n", ++evaluated);
  EXPECT_EQ(evaluated, 0);
  EXPECT_TRUE(kernel.log().empty());
}

TEST(PrintTest, IsOneStatement) {
  kmod::testing::FakeKernel kernel;
  if (kernel.log().empty())
    pr_info("empty\n");
  else
    pr_info("full\n");
  EXPECT_EQ(kernel.log(), std::vector<std::string>{"<6>fake: empty\n"});
}

}  // namespace
