// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "runtime/shim/errno_list.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/file.h"

namespace {

#define KMOD_LINE_OF_RUST(cxx_name, c_name, number) "    " #c_name " = " #number ",\n"

TEST(ErrnoListTest, OfRustIsThatOfCxx) {
  const std::string list = KMOD_ERRNO_LIST(KMOD_LINE_OF_RUST);
  const auto rust = kmod::base::read_file("runtime/rust/kmod/errno.rs");
  ASSERT_TRUE(rust) << rust.error();
  EXPECT_TRUE(rust->contains(fmt::format("errno_list! {{\n{}}}\n", list))) << list;
}

}  // namespace
