// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/signature.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::lock {
namespace {

constexpr const char* kGood =
    "[GNUPG:] NEWSIG\n[GNUPG:] GOODSIG 0E98404D386FA1D9 Archive Key\n"
    "[GNUPG:] VALIDSIG AAAA 2026-07-11 1783764997 0 4 0 1 8 01 BBBB\n";
constexpr const char* kUnknown =
    "[GNUPG:] NEWSIG\n[GNUPG:] ERRSIG 6ED0E7B82643E131 1 8 01 1783764997 9 CCCC\n"
    "[GNUPG:] NO_PUBKEY 6ED0E7B82643E131\n";

std::string error_of(const std::string& status) {
  const auto key = judge_signature(status, "x");
  return key ? "" : key.error();
}

TEST(SignatureTest, OneGoodSignatureIsEnough) {
  for (const std::string& status :
       {std::string(kGood), std::string(kGood) + kUnknown, std::string(kUnknown) + kGood}) {
    const auto key = judge_signature(status, "x");
    ASSERT_TRUE(key) << key.error();
    EXPECT_EQ(*key, "AAAA");
  }
}

TEST(SignatureTest, ABadSignatureIsTooMuch) {
  EXPECT_EQ(error_of(std::string(kGood) + "[GNUPG:] BADSIG 0E98404D386FA1D9 Archive Key\n"),
            "x: its signature by key 0E98404D386FA1D9 is bad: the file is not what the archive "
            "signed. Do not use this mirror.");
}

// What gpgv 2.2.40 says of two signed texts in one file.
TEST(SignatureTest, ASecondTextIsTooMuch) {
  EXPECT_EQ(error_of(std::string(kGood) + "[GNUPG:] ERROR proc_pkt.plaintext 89_BAD_DATA\n"),
            "x: gpgv finds more or other in it than one signed text (ERROR proc_pkt.plaintext "
            "89_BAD_DATA). Do not use this mirror.");
}

TEST(SignatureTest, SaysWhyNoSignatureIsGood) {
  const std::string start = "x has no good signature by a key of the keyring";
  EXPECT_EQ(error_of("gpgv: verify signatures failed\n").find(start + "; it is not signed"), 0U);
  EXPECT_EQ(error_of(kUnknown).find(start + "; key 6ED0E7B82643E131 is not in the keyring"), 0U);
  EXPECT_EQ(error_of("[GNUPG:] EXPKEYSIG KK Old Key\n"
                     "[GNUPG:] VALIDSIG AAAA 2026-07-11 1 0 4 0 1 8 01 BBBB\n")
                .find(start + "; key KK has expired"),
            0U);
  EXPECT_EQ(error_of("[GNUPG:] REVKEYSIG KK Old Key\n"
                     "[GNUPG:] VALIDSIG AAAA 2026-07-11 1 0 4 0 1 8 01 BBBB\n")
                .find(start + "; key KK is revoked"),
            0U);
  EXPECT_EQ(error_of("[GNUPG:] GOODSIG KK Key\n"
                     "[GNUPG:] VALIDSIG AAAA 2026-07-11 1 0 4 0 1 2 01 BBBB\n")
                .find(start + "; key AAAA signed over a weak hash, number 2 of OpenPGP"),
            0U);
  // The good key's line is not for the signature after it.
  EXPECT_NE(error_of("[GNUPG:] GOODSIG KK Key\n"
                     "[GNUPG:] VALIDSIG AAAA 2026-07-11 1 0 4 0 1 2 01 BBBB\n"
                     "[GNUPG:] VALIDSIG CCCC 2026-07-11 1 0 4 0 1 8 01 BBBB\n"),
            "");
}

}  // namespace
}  // namespace kmod::lock
