// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Calls libcrc32c, whose initialization needs a module with the alias crc32c: only its soft
// dependency says so.
#include <cstdint>
#include <string_view>

#include "kmod/module.h"
#include "kmod/print.h"

extern "C" std::uint32_t crc32c(std::uint32_t crc, const void* address, unsigned length);

namespace {

class Checksum {
 public:
  static kmod::Result<Checksum> create() {
    constexpr std::string_view check = "123456789";
    const std::uint32_t sum =
        ~crc32c(~std::uint32_t{0}, check.data(), static_cast<unsigned>(check.size()));
    pr_info("crc32c %08x\n", sum);
    return Checksum();
  }
};

}  // namespace

KMOD_MODULE(Checksum);
