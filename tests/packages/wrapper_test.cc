// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Programs of a sysroot run through its own loader and libraries, wherever the sysroot lies and
// however they are called. The argument is the list of packages at the top of the sysroot of
// kbuild's tools.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"

namespace {

namespace fs = std::filesystem;

fs::path sysroot;  // NOLINT: set once by main(), before any test

std::string run(const std::vector<std::string>& command,
                const std::vector<std::string>& environment = {}) {
  const auto result = kmod::base::run_process(command, environment);
  if (!result) {
    return "cannot be started: " + result.error();
  }
  return result->output + (result->succeeded() ? "" : result->describe());
}

// A copy of the few files that `sed` and the shell need, below a directory of this test's own.
fs::path copy_of_sysroot(const std::string& name) {
  const fs::path copy = fs::path(std::getenv("TEST_TMPDIR")) / name;
  const fs::path libraries = "usr/lib/x86_64-linux-gnu";
  fs::create_directories(copy / libraries);
  fs::create_directories(copy / "usr/bin/.wrapped");
  for (const auto& entry : fs::directory_iterator(sysroot / libraries)) {
    if (entry.path().filename().string().find(".so") != std::string::npos) {
      fs::copy(entry.path(), copy / libraries, fs::copy_options::overwrite_existing);
    }
  }
  for (const char* program : {"sed", "dash", "cat"}) {
    for (const char* directory : {"usr/bin", "usr/bin/.wrapped"}) {
      fs::copy(sysroot / directory / program, copy / directory,
               fs::copy_options::overwrite_existing);
    }
  }
  return copy;
}

TEST(WrapperTest, RunsFromTheRunfiles) {
  EXPECT_NE(run({sysroot / "usr/bin/sed", "--version"}).find("(GNU sed) 4.9"), std::string::npos)
      << run({sysroot / "usr/bin/sed", "--version"});
}

TEST(WrapperTest, RunsFromAnyDirectory) {
  for (const char* name : {"plain", "with a space", "with-ü-and-日本", "quo'te\"s$HOME"}) {
    const fs::path copy = copy_of_sysroot(name);
    EXPECT_EQ(run({copy / "usr/bin/dash", "-c", "echo works"}), "works\n") << copy;
  }
}

TEST(WrapperTest, RunsThroughALinkToItsDirectory) {
  const fs::path link = fs::path(std::getenv("TEST_TMPDIR")) / "link";
  fs::create_directory_symlink(sysroot, link);
  EXPECT_EQ(run({link / "usr/bin/dash", "-c", "echo works"}), "works\n");
}

TEST(WrapperTest, RunsByItsNameOnThePath) {
  const std::string path = "PATH=" + (sysroot / "usr/bin").string();
  EXPECT_EQ(run({sysroot / "usr/bin/dash", "-c", "echo abc | sed s/b/x/"}, {path}), "axc\n");
}

TEST(WrapperTest, RunsByARelativePathFromAnotherDirectory) {
  EXPECT_EQ(
      run({sysroot / "usr/bin/dash", "-c",
           "cd " + (sysroot / "usr/share").string() + " && ../bin/cat /dev/null && echo works"}),
      "works\n");
}

// `sh` is a link to dash in the package: the name it was called by arrives.
TEST(WrapperTest, KeepsTheNameOfALink) {
  const std::string shell = sysroot / "usr/bin/sh";
  EXPECT_EQ(run({shell, "-c", "echo $0"}), shell + "\n");
}

TEST(WrapperTest, RunsAProgramThatAPackageOnlyOffersAsAnAlternative) {
  EXPECT_EQ(run({sysroot / "usr/bin/awk", "BEGIN { print 6 * 7 }"}), "42\n");
}

TEST(WrapperTest, PassesArgumentsOnAsTheyAre) {
  EXPECT_EQ(run({sysroot / "usr/bin/dash", "-c", R"(printf '<%s>' "$@")", "name", "", "a b", "$x",
                 "'", "\n"}),
            "<><a b><$x><'><\n>");
}

TEST(WrapperTest, PassesTheExitStatusOn) {
  const auto result = kmod::base::run_process({sysroot / "usr/bin/dash", "-c", "exit 37"}, {});
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->exit_code, 37);
}

// The host's /bin/sh, which reads the wrapper, still sees these variables; the program must not.
TEST(WrapperTest, DoesNotLetTheEnvironmentChooseLibraries) {
  const std::string nowhere = std::getenv("TEST_TMPDIR");
  EXPECT_EQ(run({sysroot / "usr/bin/dash", "-c", "echo [$LD_LIBRARY_PATH$LD_AUDIT]$OTHER"},
                {"LD_LIBRARY_PATH=" + nowhere, "LD_AUDIT=", "OTHER=kept"}),
            "[]kept\n");
}

// Each mapped file is one of the sysroot: neither the host's loader nor its libraries take part.
TEST(WrapperTest, MapsNoFileOfTheHost) {
  const std::string tree = fs::canonical(sysroot / "packages.json").parent_path().string();
  std::istringstream maps(run({sysroot / "usr/bin/cat", "/proc/self/maps"}));
  int files = 0;
  for (std::string line; std::getline(maps, line);) {
    const std::size_t path = line.find('/');
    if (path != std::string::npos) {
      ++files;
      EXPECT_TRUE(line.substr(path).starts_with(tree)) << line;
    }
  }
  EXPECT_GT(files, 2);
}

// What gcc starts by itself, cc1 and as, is found and runs as well.
TEST(WrapperTest, CompilesAndAssemblesC) {
  const fs::path folder = std::getenv("TEST_TMPDIR");
  std::ofstream(folder / "x.c") << "int x(void) { return 1; }\n";
  EXPECT_EQ(
      run({sysroot / "usr/bin/gcc-12", "-nostdinc", "-c", folder / "x.c", "-o", folder / "x.o"},
          {"PATH=" + (sysroot / "usr/bin").string(), "TMPDIR=" + folder.string()}),
      "");
  EXPECT_GT(fs::file_size(folder / "x.o"), 100U);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) {
    return 2;
  }
  sysroot = fs::absolute(argv[1]).parent_path();
  return RUN_ALL_TESTS();
}
