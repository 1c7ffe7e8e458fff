// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads archives in the "newc" format of cpio, which an initramfs has:
// Documentation/driver-api/early-userspace/buffer-format.rst in the kernel's source.
#ifndef KMOD_RULES_PRIVATE_BASE_CPIO_ARCHIVE_H_
#define KMOD_RULES_PRIVATE_BASE_CPIO_ARCHIVE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// The header of an entry. The name follows, then padding up to a multiple of four bytes, the
// contents, and padding again. The last entry is named kCpioTrailer.
struct CpioHeader {
  std::uint32_t mode = 0;       // the type and the permissions
  std::uint32_t file_size = 0;  // of the contents, in bytes
  std::uint32_t name_size = 0;  // in bytes, with the zero at the end
};

inline constexpr std::size_t kCpioHeaderSize = 110;
inline constexpr std::string_view kCpioTrailer = "TRAILER!!!";

// How many bytes of padding follow a header with its name, or contents, of `size` bytes.
[[nodiscard]] constexpr std::size_t cpio_padding(std::size_t size) { return (4 - size % 4) % 4; }

// Nothing if the bytes, kCpioHeaderSize of them, are no header of an entry with a name.
[[nodiscard]] std::optional<CpioHeader> parse_cpio_header(std::string_view bytes);

struct CpioEntry {
  std::string_view path;
  std::string_view header;  // mode, owner, time and so on, as text
  std::string_view contents;
};

[[nodiscard]] bool is_cpio(std::string_view bytes);

// The entries in order, without the trailer; they point into `bytes`.
//
// Errors: the file's fault, without its name.
[[nodiscard]] Result<std::vector<CpioEntry>> parse_cpio(std::string_view bytes);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_CPIO_ARCHIVE_H_
