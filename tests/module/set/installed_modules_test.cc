// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Unpacks the archives of a kernel_module_set and has modprobe find the modules in them. The
// environment names the programs and the archives; each archive's name ends in the name of its
// kernel.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name;
  return value == nullptr ? "" : value;
}

std::string output_of(const std::vector<std::string>& command) {
  const auto result = base::run_process(command, {"LC_ALL=C"});
  EXPECT_TRUE(result) << result.error();
  EXPECT_TRUE(result && result->succeeded()) << result->output;
  return result->output;
}

std::vector<std::string> archives(const char* name) {
  std::vector<std::string> paths;
  for (const std::string_view path : base::split(variable(name), ' ')) paths.emplace_back(path);
  return paths;
}

std::string contents_of(const std::string& archive) {
  return output_of({variable("BUSYBOX"), "tar", "tf", archive});
}

struct Kernel {
  std::string name;
  std::string release;
};

TEST(InstalledModulesTest, EachArchiveHasTheModulesOfItsKernel) {
  const std::vector<Kernel> kernels = {
      {"debian12_amd64", "6.1."},
      {"debian12_cloud_amd64", "6.1."},
      {"debian12_rt_amd64", "6.1."},
  };
  const std::vector<std::string> paths = archives("ARCHIVES");
  ASSERT_EQ(paths.size(), kernels.size());
  for (const Kernel& kernel : kernels) {
    SCOPED_TRACE(kernel.name);
    const auto archive = std::ranges::find_if(paths, [&](const std::string& path) {
      return path.ends_with("set_" + kernel.name + ".tar");
    });
    ASSERT_NE(archive, paths.end());

    const std::string root = testing::TempDir() + "/" + kernel.name;
    ASSERT_TRUE(base::make_directories(root));
    output_of({variable("BUSYBOX"), "tar", "xf", *archive, "-C", root});
    std::vector<std::string> releases;
    for (const auto& entry : std::filesystem::directory_iterator(root + "/lib/modules")) {
      releases.push_back(entry.path().filename());
    }
    ASSERT_EQ(releases.size(), 1);
    const std::string& release = releases.front();
    EXPECT_TRUE(release.starts_with(kernel.release)) << release;

    const std::string updates = root + "/lib/modules/" + release + "/updates/";
    EXPECT_EQ(
        output_of({variable("TOOLS") + "/usr/sbin/modprobe", "--config=/dev/null",
                   "--dirname=" + root, "--set-version=" + release, "--show-depends", "counting"}),
        "insmod " + updates + "counter.ko \ninsmod " + updates + "counting.ko \n");

    const auto module = base::read_file(updates + "counting.ko");
    ASSERT_TRUE(module) << module.error();
    EXPECT_NE(module->find("vermagic=" + release + " "), std::string::npos);
  }
}

TEST(InstalledModulesTest, AnArchiveHasNoDirectoriesAndNothingOfTheKernelItself) {
  for (const std::string& archive : archives("ARCHIVES")) {
    const std::string contents = contents_of(archive);
    bool dependencies = false;
    for (const std::string_view path : base::split_lines(contents)) {
      EXPECT_FALSE(path.ends_with('/')) << path;
      EXPECT_EQ(path.find("modules.builtin"), std::string_view::npos) << path;
      EXPECT_EQ(path.find("modules.order"), std::string_view::npos) << path;
      dependencies = dependencies || path.ends_with("/modules.dep");
    }
    EXPECT_TRUE(dependencies) << contents;
  }
}

TEST(InstalledModulesTest, WithoutTheIndexThereAreOnlyModules) {
  const std::string contents = contents_of(variable("ARCHIVE_WITHOUT_INDEX"));
  const std::vector<std::string_view> paths = base::split_lines(contents);
  ASSERT_EQ(paths.size(), 2) << contents;
  EXPECT_TRUE(paths[0].ends_with("/updates/counter.ko")) << contents;
  EXPECT_TRUE(paths[1].ends_with("/updates/counting.ko")) << contents;
}

// depmod itself exits with 0.
TEST(InstalledModulesTest, AFileThatIsNoModuleIsAnError) {
  const std::string module = testing::TempDir() + "/not_a_module";
  ASSERT_TRUE(base::write_file(module, "text"));
  const std::string output = testing::TempDir() + "/refused.tar";
  const auto result = base::run_process(
      {variable("WRITE_MODULE_ARCHIVE"), "--label=//a:b", "--release=6.1.0", "--output=" + output,
       "--tar=" + variable("TOOLS") + "/usr/bin/tar",
       "--depmod=" + variable("TOOLS") + "/usr/sbin/depmod", "--module=x.ko:" + module},
      {});
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->exit_code, 1);
  EXPECT_NE(result->output.find("//a:b: depmod cannot read a module:"), std::string::npos)
      << result->output;
  EXPECT_FALSE(std::filesystem::exists(output));
}

}  // namespace
}  // namespace kmod
