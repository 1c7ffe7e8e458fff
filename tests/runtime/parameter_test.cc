// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "kmod/parameter.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace settings {

KMOD_PARAMETER(bool, verbose);
KMOD_PARAMETER(byte, channel);
KMOD_PARAMETER(short, offset);
KMOD_PARAMETER(ushort, port);
KMOD_PARAMETER(int, times);
KMOD_PARAMETER(uint, retries);
KMOD_PARAMETER(long, deadline);
KMOD_PARAMETER(ulong, base);
KMOD_PARAMETER(charp, who);

}  // namespace settings

// What the generated C file defines; only the name is shared, so that C++ cannot tell who writes
// them.
extern "C" {
bool volatile kmod_param_bool_verbose = true;
unsigned char volatile kmod_param_byte_channel = 255;
short volatile kmod_param_short_offset = -5;
unsigned short volatile kmod_param_ushort_port = 65535;
int volatile kmod_param_int_times = -1;
unsigned int volatile kmod_param_uint_retries = 4000000000u;
long volatile kmod_param_long_deadline = -5'000'000'000;
unsigned long volatile kmod_param_ulong_base = 0xffff'8880'0000'0000;
const char* volatile kmod_param_charp_who = "world";
}

namespace {

static_assert(std::is_same_v<decltype(settings::times()), int>);
static_assert(std::is_same_v<decltype(settings::who()), const char*>);

TEST(ParameterTest, ReadsEveryType) {
  EXPECT_TRUE(settings::verbose());
  EXPECT_EQ(settings::channel(), 255);
  EXPECT_EQ(settings::offset(), -5);
  EXPECT_EQ(settings::port(), 65535);
  EXPECT_EQ(settings::times(), -1);
  EXPECT_EQ(settings::retries(), 4000000000u);
  EXPECT_EQ(settings::deadline(), -5'000'000'000);
  EXPECT_EQ(settings::base(), 0xffff'8880'0000'0000);
  EXPECT_STREQ(settings::who(), "world");
}

TEST(ParameterTest, ReadsAnewEachTime) {
  kmod_param_int_times = 4;
  EXPECT_EQ(settings::times(), 4);
  kmod_param_int_times = 5;
  EXPECT_EQ(settings::times(), 5);
}

}  // namespace
