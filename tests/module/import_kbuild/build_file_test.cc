// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/build_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::import_kbuild {
namespace {

using Patterns = std::vector<std::string>;

TEST(BuildFileTest, MatchesFilesByExtensionAndMakefilesByName) {
  EXPECT_EQ(glob_patterns({"a.c", "b.c", "Makefile"}), (Patterns{"*.c", "Makefile"}));
  EXPECT_EQ(glob_patterns({"a/b.h", "Kbuild.common", "blob"}),
            (Patterns{"**/*.h", "**/Kbuild.common", "**/blob"}));
}

TEST(BuildFileTest, WritesOneModuleInShort) {
  ProjectDescription description;
  description.files = {"card.c"};
  description.targets = {{.name = "card",
                          .kbuild = "Kbuild",
                          .make_vars = {{"TEXT", "a \"b\" \\"}},
                          .modules = {{"card", {}}}}};
  EXPECT_EQ(build_file(description, "@rules_kmod"),
            "load(\"@rules_kmod//kmod_rules:defs.bzl\", \"kernel_module_from_kbuild\")\n"
            "\n"
            "kernel_module_from_kbuild(\n"
            "    name = \"card\",\n"
            "    srcs = glob([\"*.c\"]),\n"
            "    kbuild = \"Kbuild\",\n"
            "    make_vars = {\"TEXT\": \"a \\\"b\\\" \\\\\"},\n"
            "    modules = [\"card\"],\n"
            ")\n");
}

}  // namespace
}  // namespace kmod::import_kbuild
