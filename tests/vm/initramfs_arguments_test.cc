// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/initramfs_arguments.h"

#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/tools/file.h"

namespace kmod::vm {
namespace {

std::string error_of(const tools::Argument& argument) {
  const auto request = read_initramfs_arguments({{"output", "out"}, argument});
  return request ? "" : request.error();
}

TEST(InitramfsArgumentsTest, BuildsTheArchive) {
  const std::string source = testing::TempDir() + "/initramfs:source";
  ASSERT_TRUE(tools::write_file(source, "contents"));
  const auto request = read_initramfs_arguments({{"output", "out"},
                                                 {"file", "bin/tool:0755:" + source},
                                                 {"directory", "proc"},
                                                 {"directory", "root:0700"},
                                                 {"node", "dev/console:c:5:1"}});
  ASSERT_TRUE(request) << request.error();
  Initramfs expected;
  ASSERT_TRUE(expected.add_file("bin/tool", 0755, "contents"));
  ASSERT_TRUE(expected.add_directory("proc", 0755));
  ASSERT_TRUE(expected.add_directory("root", 0700));
  ASSERT_TRUE(expected.add_character_device("dev/console", 0600, 5, 1));
  EXPECT_EQ(request->output, "out");
  EXPECT_EQ(request->initramfs.serialise(), expected.serialise());
}

TEST(InitramfsArgumentsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error_of({"file", "init:0755"}),
            "--file=init:0755 is not of the form --file=<path in the archive>:<octal mode>:<file "
            "to read>");
  EXPECT_EQ(error_of({"file", "init:789:x"}),
            "--file=init:789:x is not of the form --file=<path in the archive>:<octal mode>:<file "
            "to read>");
  EXPECT_EQ(error_of({"file", "init:0755:does/not/exist"}),
            "cannot open does/not/exist: No such file or directory");
  EXPECT_EQ(error_of({"directory", "a:9"}),
            "--directory=a:9 is not of the form --directory=<path>[:<octal mode>]");
  EXPECT_EQ(error_of({"node", "sda:b:8:0"}),
            "--node=sda:b:8:0 is not of the form --node=<path>:c:<major>:<minor>");
  EXPECT_EQ(error_of({"link", "a"}),
            "--link is unknown; there are --output, --file, --directory and --node");
  EXPECT_EQ(error_of({"output", "again"}), "--output is given twice");
  EXPECT_TRUE(error_of({"directory", "../up"}).starts_with("the path \"../up\" cannot be put"));
  EXPECT_EQ(read_initramfs_arguments({}).error(),
            "--output=<file> is missing; it says where the archive goes");
}

}  // namespace
}  // namespace kmod::vm
