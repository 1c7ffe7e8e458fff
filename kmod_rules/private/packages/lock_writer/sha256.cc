// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock_writer/sha256.h"

#include <sha2.h>

#include <cstdint>

namespace kmod::lock {

std::string sha256_hex(std::string_view bytes) {
  // libmd takes bytes as uint8_t.
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  char digest[SHA256_DIGEST_STRING_LENGTH];
  return SHA256Data(data, bytes.size(), digest);
}

}  // namespace kmod::lock
