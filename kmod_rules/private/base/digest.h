// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Digests of bytes, in lower-case hexadecimal digits.
#ifndef KMOD_RULES_PRIVATE_BASE_DIGEST_H_
#define KMOD_RULES_PRIVATE_BASE_DIGEST_H_

#include <string>
#include <string_view>

namespace kmod::base {

// 40 digits. SPDX requires a SHA-1 of each file in addition to the SHA-256.
[[nodiscard]] std::string sha1_hex(std::string_view bytes);

// 64 digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_DIGEST_H_
