// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_SBOM_DIGEST_H_
#define KMOD_RULES_PRIVATE_SBOM_DIGEST_H_

#include <string>
#include <string_view>

namespace kmod::sbom {

// Lower-case hexadecimal digits. SPDX wants the SHA-1 of each file; SHA-256 is for whoever
// compares.
[[nodiscard]] std::string sha1_hex(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_SBOM_DIGEST_H_
