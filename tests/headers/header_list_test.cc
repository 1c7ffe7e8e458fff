// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/header_list.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"

namespace kmod::headers {
namespace {

class HeaderListTest : public testing::Test {
 protected:
  void SetUp() override {
    auto directory = base::TemporaryDirectory::create("header_list_test");
    ASSERT_TRUE(directory) << directory.error();
    directory_.emplace(std::move(*directory));
  }

  [[nodiscard]] std::string path(const std::string& name) const {
    return directory_->path() + "/" + name;
  }

  void write(const std::string& name, std::string_view text) {
    const std::filesystem::path file = path(name);
    ASSERT_TRUE(base::make_directories(file.parent_path().string()));
    ASSERT_TRUE(base::write_file(file.string(), text));
  }

  std::optional<base::TemporaryDirectory> directory_;
};

TEST_F(HeaderListTest, ListsDependenciesFirst) {
  write("include/linux/a.h", "#include <linux/b.h>\n");
  write("include/linux/b.h", "int b;\n");
  write("include/linux/compiler-gcc.h", "#error\n");
  const auto list = list_headers({path("include")});
  ASSERT_TRUE(list) << list.error();
  EXPECT_EQ(list->names, (std::vector<std::string>{"linux/b.h", "linux/a.h"}));
  EXPECT_EQ(list->includers.at("linux/b.h"), std::vector<std::string>{"linux/a.h"});
}

TEST_F(HeaderListTest, FindsAllIncluders) {
  write("include/linux/a.h", "#include <linux/b.h>\n");
  write("include/linux/b.h", "#include <linux/a.h>\n#include <linux/c.h>\n");
  write("include/linux/c.h", "");
  write("include/linux/d.h", "#include <linux/a.h>\n");
  write("include/linux/e.h", "");
  const auto list = list_headers({path("include")});
  ASSERT_TRUE(list) << list.error();
  EXPECT_EQ(list->all_includers("linux/c.h"),
            (std::unordered_set<std::string>{"linux/a.h", "linux/b.h", "linux/d.h"}));
  EXPECT_TRUE(list->all_includers("linux/e.h").empty());
}

TEST_F(HeaderListTest, TakesTheFirstDirectoryWithAName) {
  write("first/linux/a.h", "#include <linux/b.h>\n");
  write("second/linux/a.h", "#include <linux/c.h>\n");
  write("second/linux/b.h", "");
  const auto list = list_headers({path("first"), path("second")});
  ASSERT_TRUE(list) << list.error();
  EXPECT_EQ(list->names, (std::vector<std::string>{"linux/b.h", "linux/a.h"}));
}

TEST_F(HeaderListTest, NamesADirectoryWithoutHeaders) {
  const auto list = list_headers({path("nothing")});
  ASSERT_FALSE(list);
  EXPECT_TRUE(list.error().contains("/nothing has no headers")) << list.error();
}

}  // namespace
}  // namespace kmod::headers
