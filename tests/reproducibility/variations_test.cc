// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/variations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

bool has(const Environment& environment, const std::string& variable) {
  return std::ranges::find(environment, variable) != environment.end();
}

CheckOptions with_clock(const std::string& library) {
  return {.fake_clock = library, .locales = "/locales"};
}

std::set<std::string> all() { return {std::begin(kVariations), std::end(kVariations)}; }

TEST(VariationsTest, VariesVariables) {
  const Environment environment = vary_environment(
      {"HOME=/root", "USER=root", "PATH=/bin", "OTHER=1", "TZ=UTC"}, {}, "/scratch/h", "/l");
  for (const char* variable :
       {"HOME=/scratch/h", "USER=another", "LOGNAME=another", "PATH=/bin:/nonexistent/bin",
        "OTHER=1", "TZ=Pacific/Kiritimati", "LC_ALL=de_DE.ISO-8859-1", "LOCPATH=/l", "KCFLAGS=-O1",
        "FAKETIME=+0"}) {
    EXPECT_TRUE(has(environment, variable)) << variable;
  }
}

TEST(VariationsTest, DiffersFromWhatIsThereAlready) {
  const Environment environment =
      vary_environment({"TZ=Pacific/Kiritimati", "LANG=C.UTF-8"}, {}, "/h", "/l");
  EXPECT_TRUE(has(environment, "TZ=Pacific/Niue"));
  EXPECT_TRUE(has(environment, "LANG=de_DE.ISO-8859-1"));
}

TEST(VariationsTest, KeepsWhatItIsAskedToKeep) {
  const Environment inherited = {"HOME=/root", "PATH=/bin", "TZ=UTC", "USER=root"};
  EXPECT_EQ(vary_environment(inherited, all(), "/h", "/l"), inherited);
}

TEST(VariationsTest, PreparesAHomeAndAClock) {
  const std::string scratch = testing::TempDir() + "/variations_test";
  ASSERT_TRUE(base::make_directories(scratch));
  ASSERT_TRUE(base::write_file(scratch + "/given.so", "library"));
  const auto made = prepare_variations({}, 022, with_clock(scratch + "/given.so"), scratch);
  ASSERT_TRUE(made) << made.error();
  EXPECT_EQ(made->umask, 077u);
  EXPECT_TRUE(made->latin1);
  EXPECT_TRUE(has(made->environment, "LOCPATH=/locales"));
  EXPECT_TRUE(made->other_user);
  EXPECT_EQ(made->host_name, "another.example");
  EXPECT_TRUE(has(made->environment, "HOME=" + scratch + "/zweites Häuschen"));
  EXPECT_TRUE(std::filesystem::is_directory(scratch + "/zweites Häuschen"));
  EXPECT_EQ(base::read_file(scratch + "/libfaketime.so"), "library");
  const auto preload = base::read_file(made->etc_upper + "/ld.so.preload");
  ASSERT_TRUE(preload) << preload.error();
  EXPECT_TRUE(preload->ends_with(scratch + "/libfaketime.so\n")) << *preload;
  EXPECT_EQ(base::read_file(made->etc_upper + "/faketimerc"), "+367d\n");
}

TEST(VariationsTest, KeepsUserHostNameClockAndUmask) {
  const std::string scratch = testing::TempDir() + "/variations_test_kept";
  ASSERT_TRUE(base::make_directories(scratch));
  const auto made = prepare_variations({}, 077, {.keep = all()}, scratch);
  ASSERT_TRUE(made) << made.error();
  EXPECT_EQ(made->umask, 077u);
  EXPECT_FALSE(made->latin1);
  EXPECT_FALSE(made->other_user);
  EXPECT_EQ(made->host_name, "");
  EXPECT_EQ(made->etc_upper, "");
}

TEST(VariationsTest, OpensAnUmaskThatIsClosed) {
  const std::string scratch = testing::TempDir() + "/variations_test_umask";
  ASSERT_TRUE(base::make_directories(scratch));
  const auto made = prepare_variations({}, 077, {.keep = {"clock"}}, scratch);
  ASSERT_TRUE(made) << made.error();
  EXPECT_EQ(made->umask, 022u);
}

TEST(VariationsTest, SaysThatTheClocksLibraryIsMissing) {
  const std::string scratch = testing::TempDir() + "/variations_test_missing";
  ASSERT_TRUE(base::make_directories(scratch));
  const auto made = prepare_variations({}, 022, with_clock(scratch + "/no.so"), scratch);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), "cannot open " + scratch + "/no.so: No such file or directory");
}

}  // namespace
}  // namespace kmod::reproducibility
