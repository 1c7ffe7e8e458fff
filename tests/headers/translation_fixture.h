// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Translates headers of the tests' own, with the pinned Clang and the plugin. The library has
// main(), whose arguments are the compiler's tree and the plugin.
#ifndef TESTS_HEADERS_TRANSLATION_FIXTURE_H_
#define TESTS_HEADERS_TRANSLATION_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/headers/header_list.h"
#include "kmod_rules/private/headers/translation.h"

namespace kmod::headers {

inline std::string clang_tree;  // NOLINT: main() sets it
inline std::string plugin;      // NOLINT

class TranslationTest : public testing::Test {
 protected:
  void SetUp() override {
    auto directory = base::TemporaryDirectory::create("translation_test");
    ASSERT_TRUE(directory) << directory.error();
    directory_.emplace(std::move(*directory));
    // What each translation needs.
    write("macro_functions.h",
          "static inline int kmod_macro_READ_FIRST(int *value) { return READ_FIRST(value); }\n");
    for (const char* name : {"module", "types", "kernel", "init", "slab", "fs", "device",
                             "interrupt", "mutex", "netdevice"}) {
      write("include/linux/" + std::string(name) + ".h", "#define READ_FIRST(value) (*(value))\n");
    }
  }

  void write(const std::string& name, std::string_view text) {
    const std::filesystem::path path = std::filesystem::path(directory_->path()) / name;
    ASSERT_TRUE(base::make_directories(path.parent_path().string()));
    ASSERT_TRUE(base::write_file(path.string(), text));
  }

  Translation translate_all() {
    const std::string include = directory_->path() + "/include";
    const auto list = list_headers({include});
    EXPECT_TRUE(list) << list.error();
    TranslationRequest request;
    request.clang = clang_tree + "/usr/bin/clang-19";
    request.resource_directory = clang_tree + "/usr/lib/llvm-19/lib/clang/19";
    request.plugin = plugin;
    request.macro_functions = directory_->path() + "/macro_functions.h";
    request.flags = {"-nostdinc", "-std=gnu11", "-w", "-I" + include};
    request.scratch = directory_->path() + "/scratch";
    auto translation = translate(request, *list);
    EXPECT_TRUE(translation) << translation.error();
    return translation ? *translation : Translation{};
  }

  std::string translate_one(std::string_view text) {
    write("include/linux/one.h", text);
    return translate_all().headers["linux/one.h"];
  }

  std::optional<base::TemporaryDirectory> directory_;
};

}  // namespace kmod::headers

#endif  // TESTS_HEADERS_TRANSLATION_FIXTURE_H_
