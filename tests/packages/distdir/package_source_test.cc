// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/package_source.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::distdir {
namespace {

// Mirrors need a downloader and are in tests/integration/offline_test.sh.
class PackageSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(root_);
    ASSERT_TRUE(base::make_directories(root_ + "/distdir"));
  }

  void cache(const std::string& bytes) {
    const std::string folder = root_ + "/cache/content_addressable/sha256/" + file_.entry.sha256;
    ASSERT_TRUE(base::make_directories(folder));
    ASSERT_TRUE(base::write_file(folder + "/file", bytes));
  }

  std::expected<std::string, std::string> fetched(const std::string& cache) {
    return PackageSource(cache, {}, lock::ArchiveTools("/nonexistent", ""))
        .fetch(file_, root_ + "/distdir");
  }

  std::string root_ = std::filesystem::path(testing::TempDir()) / "package_source_test";
  PackageFile file_ = {"make 1", {"1", "amd64", "pool/make_1.deb", 4, base::sha256_hex("make")}};
};

TEST_F(PackageSourceTest, TakesFromTheRepositoryCache) {
  cache("make");
  EXPECT_EQ(fetched(root_ + "/cache"), "the repository cache");
  EXPECT_EQ(base::read_file(root_ + "/distdir/make_1.deb"), "make");
  EXPECT_FALSE(std::filesystem::exists(root_ + "/distdir/make_1.deb.partial"));
}

TEST_F(PackageSourceTest, RefusesWhatIsNotTheLockedFile) {
  cache("MAKE");
  const auto result = fetched(root_ + "/cache");
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().starts_with("make 1 cannot be downloaded:\n  " + root_ + "/cache/"))
      << result.error();
  EXPECT_TRUE(result.error().ends_with("/file: its sha256 is " + base::sha256_hex("MAKE") +
                                       ", and the lock has " + file_.entry.sha256))
      << result.error();
  EXPECT_TRUE(std::filesystem::is_empty(root_ + "/distdir"));
}

TEST_F(PackageSourceTest, SaysThatThereIsNoSource) {
  const std::string expected =
      "make 1 cannot be downloaded:\n  there is no mirror, and the repository cache does not have "
      "it";
  EXPECT_EQ(fetched("").error(), expected);
  EXPECT_EQ(fetched(root_ + "/missing").error(), expected);
}

}  // namespace
}  // namespace kmod::distdir
