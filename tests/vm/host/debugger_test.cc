// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/debugger.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

const DebuggedModule& hello() {
  static const DebuggedModule module = {"/o/hello.ko",
                                        {{".text", 0xffffffffc0001000},
                                         {".note.Linux", 1},
                                         {".data", 0xffffffffc0003000},
                                         {".init.text", 0xffffffffc0005000},
                                         {"__mcount_loc", 2}}};
  return module;
}

TEST(GdbRecipeTest, IsExactlyThis) {
  EXPECT_EQ(gdb_recipe({1234, "/w"}, {hello()}),
            "gdb -ex 'set confirm off' -ex 'directory /w' -ex 'target remote 127.0.0.1:1234' "
            "-ex 'add-symbol-file /o/hello.ko -s .text 0xffffffffc0001000 "
            "-s .data 0xffffffffc0003000 -s .init.text 0xffffffffc0005000'");
  EXPECT_EQ(lldb_recipe({1234, "/w"}, {hello()}),
            "bash -c '</dev/tcp/127.0.0.1/1234'; lldb -o 'settings set target.source-map . /w' -o "
            "'gdb-remote 127.0.0.1:1234' "
            "-o 'target modules add /o/hello.ko' -o 'target modules load --file /o/hello.ko "
            ".text 0xffffffffc0001000 .data 0xffffffffc0003000 .init.text 0xffffffffc0005000'");
}

TEST(GdbRecipeTest, QuotesForShellAndDebugger) {
  EXPECT_EQ(gdb_recipe({1, "/my work/it's"}, {{"/a b.ko", {}}}),
            "gdb -ex 'set confirm off' -ex 'directory \"/my work/it'\\''s\"' "
            "-ex 'target remote 127.0.0.1:1' -ex 'add-symbol-file \"/a b.ko\"'");
}

TEST(GdbRecipeTest, OmitsAnUnknownWorkspace) {
  EXPECT_EQ(gdb_recipe({1, ""}, {}), "gdb -ex 'set confirm off' -ex 'target remote 127.0.0.1:1'");
  EXPECT_EQ(lldb_recipe({1, ""}, {}),
            "bash -c '</dev/tcp/127.0.0.1/1'; lldb -o 'gdb-remote 127.0.0.1:1'");
}

TEST(GdbWaitRecipeTest, NamesTheFileThatIsNotAModule) {
  const std::string file = std::string(std::getenv("TEST_TMPDIR")) + "/text.ko";
  ASSERT_TRUE(base::write_file(file, "text"));
  const auto recipe = gdb_wait_recipe({1, ""}, file, 0);
  ASSERT_FALSE(recipe);
  EXPECT_TRUE(recipe.error().starts_with(file + ": ")) << recipe.error();
  EXPECT_FALSE(gdb_wait_recipe({1, ""}, file + ".none", 0));
}

TEST(GdbPortTest, FindsAFreePort) {
  const auto port = find_gdb_port(0);
  ASSERT_TRUE(port) << port.error();
  EXPECT_NE(*port, 0);
  EXPECT_EQ(find_gdb_port(*port), port);
}

}  // namespace
}  // namespace kmod::vm
