// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/digest.h"

#include <sha1.h>
#include <sha2.h>

#include <cstdint>

namespace kmod::base {
namespace {

// libmd takes bytes as std::uint8_t.
const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string sha1_hex(std::string_view bytes) {
  char digest[SHA1_DIGEST_STRING_LENGTH];
  return SHA1Data(bytes_of(bytes), bytes.size(), digest);
}

std::string sha256_hex(std::string_view bytes) {
  char digest[SHA256_DIGEST_STRING_LENGTH];
  return SHA256Data(bytes_of(bytes), bytes.size(), digest);
}

}  // namespace kmod::base
