// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/guest_plan.h"

#include <gtest/gtest.h>

namespace kmod::vm {
namespace {

TEST(PlanTest, ReadsAll) {
  const auto plan = parse_plan(
      "stock configfs /lib/configfs.ko\n"
      "softdep crc32c_intel /lib/crc32c-intel.ko\n"
      "module base /kmod/modules/base.ko\n"
      "\n"
      "module hello /kmod/modules/hello.ko who=\"the kernel\" times=2\n"
      "directory /runfiles/main\n"
      "program ioctl_test /kmod/programs/ioctl test\n"
      "reload 3\n"
      "fail_allocations\n"
      "keep\n"
      "watch kmod_watch /kmod/watch.ko\n");
  ASSERT_TRUE(plan) << plan.error();
  EXPECT_EQ(
      *plan,
      (Plan{{{"configfs", "/lib/configfs.ko"}, {"crc32c_intel", "/lib/crc32c-intel.ko", "", true}},
            {{"base", "/kmod/modules/base.ko", ""},
             {"hello", "/kmod/modules/hello.ko", "who=\"the kernel\" times=2"}},
            "/runfiles/main",
            {{"ioctl_test", "/kmod/programs/ioctl test"}},
            3,
            true,
            true,
            PlannedModule{"kmod_watch", "/kmod/watch.ko"}}));
}

TEST(PlanTest, NamesTheLineThatItCannotRead) {
  const std::string module = "module hello /hello.ko\n";
  EXPECT_EQ(parse_plan(module + "script /bin/x\n").error(),
            "line 2 of the plan, \"script /bin/x\", begins with an unknown keyword; this init "
            "knows \"stock\", \"softdep\", \"module\", \"directory\", \"program\", "
            "\"reload\", \"fail_allocations\", \"keep\" and \"watch\"");
  EXPECT_EQ(parse_plan(module + "watch x\n").error(),
            "line 2 of the plan, \"watch x\", is not of the form \"watch <name> <absolute path>\"");
  EXPECT_EQ(parse_plan(module + "watch hello /x\n").error(),
            "line 2 of the plan, \"watch hello /x\", names the module hello a second time; a "
            "module can be loaded once");
  EXPECT_EQ(parse_plan(module + "stock x\n").error(),
            "line 2 of the plan, \"stock x\", is not of the form \"stock <name> <absolute path>\"");
  EXPECT_EQ(parse_plan(module + "softdep x y\n").error(),
            "line 2 of the plan, \"softdep x y\", is not of the form \"softdep <name> <absolute "
            "path>\"");
  EXPECT_EQ(parse_plan(module + "stock hello /x\n").error(),
            "line 2 of the plan, \"stock hello /x\", names the module hello a second time; a "
            "module can be loaded once");
  EXPECT_EQ(parse_plan(module + "program x\n").error(),
            "line 2 of the plan, \"program x\", is not of the form \"program <name> <absolute "
            "path>\"");
  EXPECT_EQ(parse_plan(module + "program x /x\nprogram x /y\n").error(),
            "line 3 of the plan, \"program x /y\", names the program x a second time");
  EXPECT_EQ(
      parse_plan(module + "directory x\n").error(),
      "line 2 of the plan, \"directory x\", is not of the form \"directory <absolute path>\"");
  EXPECT_EQ(parse_plan(module + "fail_allocations 3\n").error(),
            "line 2 of the plan, \"fail_allocations 3\", is not of the form \"fail_allocations\"");
  EXPECT_EQ(parse_plan(module + "keep all\n").error(),
            "line 2 of the plan, \"keep all\", is not of the form \"keep\"");
  EXPECT_EQ(parse_plan("module hello\n").error(),
            "line 1 of the plan, \"module hello\", is not of the form \"module <name> <absolute "
            "path> [<parameters>]\"");
  EXPECT_EQ(parse_plan(module + module).error(),
            "line 2 of the plan, \"module hello /hello.ko\", names the module hello a second time; "
            "a module can be loaded once");
  for (const char* count : {"", "x", "-1", "1x", "100001"}) {
    EXPECT_EQ(parse_plan(module + "reload " + count).error(),
              "line 2 of the plan, \"reload " + std::string(count) +
                  "\", is not of the form \"reload <count up to 100000>\"");
  }
  EXPECT_EQ(parse_plan("reload 1\n").error(),
            "the plan names no module; it needs at least one line \"module <name> <path>\"");
}

}  // namespace
}  // namespace kmod::vm
