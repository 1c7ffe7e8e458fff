// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares the BUILD files that import_kbuild wrote with those that a person would write.
#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::import_kbuild {
namespace {

constexpr const char* kPackage = "tests/module/import_kbuild/";

void expect_same(const std::string& written, const std::string& expected) {
  const auto text = base::read_file(kPackage + written);
  const auto wanted = base::read_file(kPackage + expected);
  ASSERT_TRUE(text) << text.error();
  ASSERT_TRUE(wanted) << wanted.error();
  EXPECT_EQ(*text, *wanted);
}

TEST(ImportedFilesTest, TakesTheVariablesOfAMakefile) { expect_same("plain_file", "plain.BUILD"); }

TEST(ImportedFilesTest, DoesWhatDkmsConfSays) { expect_same("dkms_file", "dkms.BUILD"); }

}  // namespace
}  // namespace kmod::import_kbuild
