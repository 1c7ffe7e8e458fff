// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs_arguments.h"

#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

std::string error_of(const base::Argument& argument) {
  const auto request = read_initramfs_arguments({{"output", "out"}, argument});
  return request ? "" : request.error();
}

TEST(InitramfsArgumentsTest, BuildsTheArchive) {
  const std::string source = testing::TempDir() + "/initramfs:source";
  ASSERT_TRUE(base::write_file(source, "contents"));
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
  EXPECT_EQ(request->initramfs.serialize(), expected.serialize());
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
  EXPECT_EQ(
      error_of({"link", "a"}),
      "--link is unknown; there are --label, --output, --manifest, --file, --program, --copy, "
      "--directory and --node");
  EXPECT_EQ(error_of({"program", "init"}),
            "--program=init is not of the form --program=<path in the archive>:<file to read>");
  EXPECT_EQ(error_of({"copy", "a:"}),
            "--copy=a: is not of the form --copy=<path in the archive>:<file or directory>");
  EXPECT_EQ(error_of({"copy", "a:does/not/exist"}),
            "cannot open does/not/exist: No such file or directory");
  EXPECT_EQ(error_of({"output", "again"}), "--output is given twice");
  EXPECT_TRUE(error_of({"directory", "../up"}).starts_with("the path \"../up\" cannot be put"));
  EXPECT_EQ(read_initramfs_arguments({}).error(),
            "--output=<file> is missing; it says where the archive goes");
}

TEST(InitramfsArgumentsTest, CopiesDirectoriesInTheOrderOfNames) {
  const std::string source = testing::TempDir() + "/initramfs_tree";
  ASSERT_TRUE(base::make_directories(source + "/b"));
  for (const char* name : {"/c", "/a", "/b/d"}) ASSERT_TRUE(base::write_file(source + name, name));
  const auto request = read_initramfs_arguments(
      {{"output", "out"}, {"manifest", "list"}, {"copy", "runfiles/tree:" + source}});
  ASSERT_TRUE(request) << request.error();
  Initramfs expected;
  ASSERT_TRUE(expected.add_directory("runfiles/tree"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/a", 0755, "/a"));
  ASSERT_TRUE(expected.add_directory("runfiles/tree/b"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/b/d", 0755, "/b/d"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/c", 0755, "/c"));
  EXPECT_EQ(request->manifest, "list");
  EXPECT_EQ(request->initramfs.serialize(), expected.serialize());
}

TEST(InitramfsArgumentsTest, NamesTheTargetOfAProgramThatCannotRun) {
  const std::string script = testing::TempDir() + "/initramfs_script";
  ASSERT_TRUE(base::write_file(script, "#!/bin/sh\n"));
  const auto request = read_initramfs_arguments(
      {{"label", "//a:test"}, {"output", "out"}, {"program", "kmod/programs/p:" + script}});
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error(), "//a:test: the program " + script +
                                 " is a script; the guest has neither libraries nor a shell: give "
                                 "a cc_binary, which the hosted toolchain links statically");
}

}  // namespace
}  // namespace kmod::vm
