// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The .modinfo and the symbols of a module whose C library declares things.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod {
namespace {

std::string g_ko;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): from main()

class DeclarationsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto bytes = base::read_file(g_ko);
    ASSERT_TRUE(bytes) << bytes.error();
    bytes_ = std::move(*bytes);
    auto object = base::ElfObject::parse(bytes_);
    ASSERT_TRUE(object) << object.error();
    for (const base::ElfObject::Section& section : object->sections()) {
      if (section.name == ".modinfo") info_ = base::split(section.contents, '\0');
    }
    for (const base::ElfObject::Symbol& symbol : object->symbols()) symbols_.push_back(symbol.name);
  }

  std::string bytes_;
  std::vector<std::string_view> info_;
  std::vector<std::string_view> symbols_;
};

TEST_F(DeclarationsTest, AreInTheModule) {
  for (const char* entry : {"alias=demo-alias", "softdep=pre: crc-itu-t",
                            "alias=pci:v00001AF4d000010FFsv*sd*bc*sc*i*", "parmtype=times:int"}) {
    EXPECT_TRUE(std::ranges::find(info_, entry) != info_.end()) << entry;
  }
}

TEST_F(DeclarationsTest, OtherUnusedObjectsAreNot) {
  EXPECT_TRUE(std::ranges::find(symbols_, "declarations_unused") == symbols_.end());
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  kmod::g_ko = arguments.at(0);
  return RUN_ALL_TESTS();
}
