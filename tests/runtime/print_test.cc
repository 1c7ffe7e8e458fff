// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/print.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "kmod/testing/fake_kernel.h"

namespace {

using kmod::FormatCheck;
using Fault = kmod::FormatFault;

enum Unscoped { zero };
enum class Scoped { zero };
enum class Wide : unsigned long { zero };

// Every refusal of the macros is one of these values, so that they can be asserted without failing
// to compile.
static_assert(FormatCheck<>::fault("plain\n") == Fault::none);
static_assert(FormatCheck<>::fault("100 %%\n") == Fault::none);
static_assert(FormatCheck<int, unsigned, char, bool, short>::fault("%d %u %c %d %hd\n") ==
              Fault::none);
static_assert(FormatCheck<unsigned char, Unscoped>::fault("%02hhx %i\n") == Fault::none);
static_assert(FormatCheck<long, unsigned long, long long, std::size_t>::fault(
                  "%ld %#lx %lld %zu\n") == Fault::none);
static_assert(FormatCheck<const char*, char*>::fault("%s %-10s\n") == Fault::none);
static_assert(FormatCheck<int, const char*>::fault("%.*s\n") == Fault::none);
static_assert(FormatCheck<int, int, int>::fault("%*.*d\n") == Fault::none);
static_assert(FormatCheck<void*, const int*, char*, void (*)()>::fault("%p %pI4 %p %ps\n") ==
              Fault::none);
static_assert(FormatCheck<int, const void*>::fault("%*ph\n") == Fault::none);

static_assert(FormatCheck<>::fault("") == Fault::no_newline);
static_assert(FormatCheck<>::fault("open") == Fault::no_newline);
static_assert(FormatCheck<int>::fault("\n%d") == Fault::no_newline);
static_assert(FormatCheck<>::fault("50%") == Fault::incomplete_conversion);
static_assert(FormatCheck<>::fault("50%l") == Fault::incomplete_conversion);
static_assert(FormatCheck<>::fault("50% of\n") == Fault::too_few_arguments,
              "a space is a flag, o is octal");
static_assert(FormatCheck<int>::fault("%y\n") == Fault::unknown_conversion);
static_assert(FormatCheck<int*>::fault("%n\n") == Fault::unknown_conversion);
static_assert(FormatCheck<long>::fault("%jd\n") == Fault::unknown_conversion);
static_assert(FormatCheck<const char*>::fault("%ls\n") == Fault::unknown_conversion);
static_assert(FormatCheck<double>::fault("%f\n") == Fault::floating_point);
static_assert(FormatCheck<double>::fault("%5.1Lg\n") == Fault::floating_point);
static_assert(FormatCheck<double>::fault("%d\n") == Fault::not_an_integer);
static_assert(FormatCheck<>::fault("%d\n") == Fault::too_few_arguments);
static_assert(FormatCheck<>::fault("%s\n") == Fault::too_few_arguments);
static_assert(FormatCheck<>::fault("%p\n") == Fault::too_few_arguments);
static_assert(FormatCheck<int>::fault("%*d\n") == Fault::too_few_arguments);
static_assert(FormatCheck<int>::fault("none\n") == Fault::too_many_arguments);
static_assert(FormatCheck<int, int>::fault("%d%%\n") == Fault::too_many_arguments);
static_assert(FormatCheck<const char*>::fault("%d\n") == Fault::not_an_integer);
static_assert(FormatCheck<Scoped>::fault("%d\n") == Fault::not_an_integer);
static_assert(FormatCheck<Wide>::fault("%lu\n") == Fault::not_an_integer);
static_assert(FormatCheck<const char*, int>::fault("%*d\n") == Fault::not_an_integer);
static_assert(FormatCheck<long>::fault("%d\n") == Fault::wrong_integer_size);
static_assert(FormatCheck<int>::fault("%ld\n") == Fault::wrong_integer_size);
static_assert(FormatCheck<unsigned>::fault("%zu\n") == Fault::wrong_integer_size);
static_assert(FormatCheck<long>::fault("%c\n") == Fault::wrong_integer_size);
static_assert(FormatCheck<__int128>::fault("%lld\n") == Fault::not_an_integer);
static_assert(FormatCheck<int>::fault("%s\n") == Fault::not_a_string);
static_assert(FormatCheck<std::string_view>::fault("%s\n") == Fault::not_a_string);
static_assert(FormatCheck<const unsigned char*>::fault("%s\n") == Fault::not_a_string);
static_assert(FormatCheck<int>::fault("%p\n") == Fault::not_a_pointer);

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
