// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_SHA256_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_SHA256_H_

#include <string>
#include <string_view>

namespace kmod::lock {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_SHA256_H_
