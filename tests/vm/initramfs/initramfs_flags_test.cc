// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs_flags.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"

namespace kmod::vm {
namespace {

struct Built {
  InitramfsRequest request;
  Initramfs initramfs;
};

base::Result<Built> build(const std::vector<std::string>& arguments) {
  Built built;
  KMOD_TRY(initramfs_flags(built.request).parse(arguments));
  built.initramfs = KMOD_TRY(build_initramfs(built.request)).initramfs;
  return built;
}

std::string error_of(const std::string& argument) {
  const auto built = build({"--output=out", argument});
  return built ? "" : built.error();
}

TEST(InitramfsFlagsTest, BuildsTheArchive) {
  const std::string source = testing::TempDir() + "/initramfs:source";
  ASSERT_TRUE(base::write_file(source, "contents"));
  const auto built = build({"--output=out", "--file=bin/tool:0755:" + source, "--directory=proc",
                            "--directory=root:0700", "--node=dev/console:c:5:1"});
  ASSERT_TRUE(built) << built.error();
  Initramfs expected;
  ASSERT_TRUE(expected.add_file("bin/tool", 0755, "contents"));
  ASSERT_TRUE(expected.add_directory("proc", 0755));
  ASSERT_TRUE(expected.add_directory("root", 0700));
  ASSERT_TRUE(expected.add_character_device("dev/console", 0600, 5, 1));
  EXPECT_EQ(built->request.output, "out");
  EXPECT_EQ(built->initramfs.serialize(), expected.serialize());
}

TEST(InitramfsFlagsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("--file=init:0755"),
            "--file=init:0755 is not of the form PATH:MODE:FILE, with an octal mode");
  EXPECT_EQ(error_of("--file=init:789:x"),
            "--file=init:789:x is not of the form PATH:MODE:FILE, with an octal mode");
  EXPECT_EQ(error_of("--file=init:0755:does/not/exist"),
            "cannot open does/not/exist: No such file or directory");
  EXPECT_EQ(error_of("--directory=a:9"),
            "--directory=a:9 is not of the form PATH[:MODE], with an octal mode");
  EXPECT_EQ(error_of("--node=sda:b:8:0"), "--node=sda:b:8:0 is not of the form PATH:c:MAJOR:MINOR");
  EXPECT_EQ(error_of("--link=a"), "--link is unknown. --help lists the flags.");
  EXPECT_EQ(error_of("--program=init"),
            "--program=init has to be two texts with \":\" between them");
  EXPECT_EQ(error_of("--copy=a:"), "--copy=a: has to be two texts with \":\" between them");
  EXPECT_EQ(error_of("--copy=a:does/not/exist"),
            "cannot open does/not/exist: No such file or directory");
  EXPECT_EQ(error_of("--output=again"), "--output=again is a second --output");
  EXPECT_TRUE(error_of("--directory=../up").starts_with("the path \"../up\" cannot be put"));
  EXPECT_EQ(build({}).error(), "--output=FILE is missing: the archive to write");
}

TEST(InitramfsFlagsTest, CopiesDirectoriesInTheOrderOfNames) {
  const std::string source = testing::TempDir() + "/initramfs_tree";
  ASSERT_TRUE(base::make_directories(source + "/b"));
  for (const char* name : {"/c", "/a", "/b/d"}) ASSERT_TRUE(base::write_file(source + name, name));
  const auto built = build({"--output=out", "--manifest=list", "--copy=runfiles/tree:" + source});
  ASSERT_TRUE(built) << built.error();
  Initramfs expected;
  ASSERT_TRUE(expected.add_directory("runfiles/tree"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/a", 0755, "/a"));
  ASSERT_TRUE(expected.add_directory("runfiles/tree/b"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/b/d", 0755, "/b/d"));
  ASSERT_TRUE(expected.add_file("runfiles/tree/c", 0755, "/c"));
  EXPECT_EQ(built->request.manifest, "list");
  EXPECT_EQ(built->initramfs.serialize(), expected.serialize());
}

TEST(InitramfsFlagsTest, NamesTheTargetOfAProgramThatCannotRun) {
  const std::string script = testing::TempDir() + "/initramfs_script";
  ASSERT_TRUE(base::write_file(script, "#!/bin/sh\n"));
  const auto built =
      build({"--label=//a:test", "--output=out", "--program=kmod/programs/p:" + script});
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error(), "//a:test: the program " + script +
                               " is a script; the guest has neither libraries nor a shell: give "
                               "a cc_binary, which the hosted toolchain links statically");
}

}  // namespace
}  // namespace kmod::vm
