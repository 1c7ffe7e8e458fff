// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// import_kbuild replaces no BUILD.bazel that somebody wrote.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace kmod {
namespace {

std::string g_program;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): from main()

// What import_kbuild prints. It never gets as far as the kernel, which does not exist.
std::string output_of(const std::vector<std::string>& more) {
  std::vector<std::string> command = {g_program,
                                      "--kernel-root=/no-kernel",
                                      "--kernel-build=build",
                                      "--tools-root=/no-tools",
                                      "--compiler=gcc",
                                      "--release=6.1"};
  command.insert(command.end(), more.begin(), more.end());
  const auto result = base::run_process(command, {});
  EXPECT_TRUE(result) << result.error();
  EXPECT_TRUE(result && !result->succeeded());
  return result ? result->output : "";
}

TEST(ExistingFileTest, IsNotReplaced) {
  const std::string directory =
      std::filesystem::path(testing::TempDir()).append("existing").lexically_normal().string();
  ASSERT_TRUE(base::make_directories(directory));
  const std::string file = directory + "/BUILD.bazel";
  EXPECT_EQ(output_of({directory}),
            "import_kbuild: cannot find /no-kernel: No such file or directory\n");
  ASSERT_TRUE(base::write_file(file, "# by hand\n"));
  EXPECT_EQ(output_of({directory}),
            "import_kbuild: " + file + " exists already. Remove it, or replace it with --force.\n");
  EXPECT_EQ(output_of({directory, "--force"}),
            "import_kbuild: cannot find /no-kernel: No such file or directory\n");
  const auto text = base::read_file(file);
  ASSERT_TRUE(text) << text.error();
  EXPECT_EQ(*text, "# by hand\n");
}

}  // namespace
}  // namespace kmod

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  kmod::g_program = arguments.at(0);
  return RUN_ALL_TESTS();
}
