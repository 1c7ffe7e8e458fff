// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/project_description.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::import_kbuild {
namespace {

TEST(ProjectDescriptionTest, ReadsTheFilesOfACommand) {
  EXPECT_EQ(files_of_command("cmd_/x/a.o := gcc -c\n\nsource_/x/a.o := /x/a.c\n\n"
                             "deps_/x/a.o := \\\n  $(wildcard include/config/X) \\\n"
                             "  /x/../y/b.h \\\n  include/linux/module.h \\\n\n"
                             "/x/a.o: $(deps_/x/a.o)\n"),
            (std::vector<std::string>{"/x/a.c", "/x/../y/b.h", "include/linux/module.h"}));
}

}  // namespace
}  // namespace kmod::import_kbuild
