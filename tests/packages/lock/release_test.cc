// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/release.h"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

namespace kmod::lock {
namespace {

const std::string kHash(64, 'a');
// What `date -u -d 'Sat, 11 Jul 2026 10:16:37 UTC' +%s` prints.
constexpr std::time_t kDate = 1783764997;

std::string release_text(const std::string& more = "") {
  return "Suite: stable\nCodename: bookworm\nDate: Sat, 11 Jul 2026 10:16:37 UTC\n" + more +
         "MD5Sum:\n 0123 5 main/binary-amd64/Packages.xz\n"
         "SHA256:\n " +
         kHash + "   8790396 main/binary-amd64/Packages.xz\n";
}

TEST(ReleaseTest, ReadsDatesAndHashes) {
  const auto release = parse_release(release_text("Acquire-By-Hash: yes\n"), "x");
  ASSERT_TRUE(release) << release.error();
  EXPECT_EQ(release->suite, "stable");
  EXPECT_EQ(release->codename, "bookworm");
  EXPECT_EQ(release->date, kDate);
  EXPECT_EQ(format_date(release->date), "Sat, 11 Jul 2026 10:16:37 UTC");
  EXPECT_FALSE(release->valid_until);
  EXPECT_TRUE(release->by_hash);
  ASSERT_EQ(release->indices.size(), 1U);
  EXPECT_EQ(release->indices.begin()->first, "main/binary-amd64/Packages.xz");
  EXPECT_EQ(release->indices.begin()->second.size, 8790396U);
  EXPECT_EQ(release->indices.begin()->second.sha256, kHash);
}

TEST(ReleaseTest, ExpiresWhenItSaysSo) {
  const auto release =
      parse_release(release_text("Valid-Until: Sat, 18 Jul 2026 10:16:37 UTC\n"), "x");
  ASSERT_TRUE(release) << release.error();
  EXPECT_FALSE(release->by_hash);
  constexpr std::time_t kWeek = 604800;
  EXPECT_TRUE(check_release(*release, "bookworm", "x", kDate + kWeek));
  const auto done = check_release(*release, "bookworm", "x", kDate + kWeek + 1);
  ASSERT_FALSE(done);
  EXPECT_EQ(
      done.error().find("x expired on Sat, 18 Jul 2026 10:16:37 UTC, and now it is Sat, 18 Jul "
                        "2026 10:16:38 UTC"),
      0U)
      << done.error();
}

TEST(ReleaseTest, IsOfTheSuiteThatWasAskedFor) {
  const auto release = parse_release(release_text(), "x");
  ASSERT_TRUE(release) << release.error();
  EXPECT_TRUE(check_release(*release, "bookworm", "x", kDate));
  EXPECT_TRUE(check_release(*release, "stable", "x", kDate));
  const auto done = check_release(*release, "trixie", "x", kDate);
  ASSERT_FALSE(done);
  EXPECT_EQ(
      done.error().find("x is signed, but is the release of \"bookworm\" and not of \"trixie\""),
      0U)
      << done.error();
}

TEST(ReleaseTest, NamesWhatItCannotRead) {
  const auto error_of = [](const std::string& text) {
    const auto release = parse_release(text, "x");
    return release ? "" : release.error();
  };
  EXPECT_EQ(error_of(""), "x is not a Release file: it has no Date");
  EXPECT_EQ(error_of("Date: Sat, 11 Jul 2026 10:16:37 UTC\n"),
            "x is not a Release file: it has no SHA256");
  EXPECT_EQ(
      error_of("Date: yesterday\nSHA256:\n " + kHash + " 1 a\n"),
      "x: the field Date is \"yesterday\", which is not a date like \"Thu, 01 Jan 1970 00:00:00 "
      "UTC\"");
  EXPECT_EQ(
      error_of(release_text("Valid-Until: later\n")).find("x: the field Valid-Until is \"later\""),
      0U);
  EXPECT_EQ(error_of(release_text() + " abc 1 b\n"),
            "x: \"abc 1 b\" in its section SHA256 is not a hash, a size and a path");
  EXPECT_EQ(error_of(release_text() + " " + kHash + " 1x b\n"),
            "x: \"" + kHash + " 1x b\" in its section SHA256 is not a hash, a size and a path");
}

}  // namespace
}  // namespace kmod::lock
