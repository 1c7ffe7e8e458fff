// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/kernel_flags.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::headers {
namespace {

constexpr std::string_view kCompilerTypes = "/k/common/include/linux/compiler_types.h";

base::Result<KernelFlags> flags(const std::string& includes) {
  return kernel_flags({{"KBUILD_CFLAGS", "-O2 -fshort-wchar"}, {"LINUXINCLUDE", includes}},
                      "/k/build");
}

TEST(KernelFlagsTest, TakesTheHeadersForModulesFromTheFirstDirectory) {
  // As Linux 6.1 and Linux 7.2 have them.
  for (const std::string includes :
       {"-I/k/common/arch/x86/include -I./arch/x86/include/generated -I/k/common/include "
        "-I./include -include /k/common/include/linux/kconfig.h",
        "-I/k/common/arch/x86/include -I/k/build/arch/x86/include/generated -I/k/common/include "
        "-I/k/build/include -include /k/common/include/linux/kconfig.h"}) {
    const auto result = flags(includes);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->flags.back(), kCompilerTypes) << includes;
    EXPECT_EQ(result->directories,
              (std::vector<std::string>{"/k/common/arch/x86/include",
                                        "/k/build/arch/x86/include/generated", "/k/common/include",
                                        "/k/build/include"}));
  }
}

TEST(KernelFlagsTest, KeepsWhatMattersToDeclarations) {
  const auto result = flags("-I./include");
  ASSERT_TRUE(result) << result.error();
  const auto has = [&](const char* flag) {
    return std::ranges::find(result->flags, flag) != result->flags.end();
  };
  EXPECT_TRUE(has("-fshort-wchar"));
  EXPECT_TRUE(has("-D__KERNEL__"));
  EXPECT_FALSE(has("-O2"));
  EXPECT_EQ(result->flags.back(), "/k/build/include/linux/compiler_types.h");
}

TEST(KernelFlagsTest, NamesTheVariableThatIsMissing) {
  const auto result = kernel_flags({{"KBUILD_CFLAGS", ""}}, "/k/build");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), "the kernel's top Makefile does not export LINUXINCLUDE");
}

}  // namespace
}  // namespace kmod::headers
