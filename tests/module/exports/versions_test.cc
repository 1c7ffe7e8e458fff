// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares the Module.symvers of a module in C++ with that of its twin in C.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod {
namespace {

std::string g_cxx;   // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): from main()
std::string g_twin;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): from main()

TEST(VersionsTest, AreThoseOfC) {
  const auto cxx = base::read_file(g_cxx);
  ASSERT_TRUE(cxx) << cxx.error();
  const auto twin = base::read_file(g_twin);
  ASSERT_TRUE(twin) << twin.error();
  EXPECT_EQ(*cxx, *twin);
  kernel::Symvers symvers;
  ASSERT_TRUE(symvers.add(*cxx, g_cxx));
  for (const char* symbol : {"base_calls", "base_add", "base_sum"}) {
    const kernel::Symvers::Export* const exported = symvers.find(symbol);
    ASSERT_NE(exported, nullptr) << symbol;
    EXPECT_NE(exported->crc, 0U) << symbol;
  }
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  kmod::g_cxx = arguments.at(0);
  kmod::g_twin = arguments.at(1);
  return RUN_ALL_TESTS();
}
