// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/cpio_archive.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kmod::reproducibility {
namespace {

constexpr std::string_view kMagic = "070701";
constexpr std::string_view kTrailer = "TRAILER!!!";

// Eight hexadecimal digits a field; Documentation/driver-api/early-userspace/buffer-format.rst.
constexpr std::size_t kHeaderSize = 110;
constexpr std::size_t kFileSize = 6 + 6 * 8;
constexpr std::size_t kNameSize = 6 + 11 * 8;

std::optional<std::size_t> number(std::string_view header, std::size_t at) {
  const std::string_view text = header.substr(at, 8);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::size_t padded(std::size_t offset) { return (offset + 3) / 4 * 4; }

}  // namespace

bool is_cpio(std::string_view bytes) { return bytes.starts_with(kMagic); }

base::Result<std::vector<CpioEntry>> parse_cpio(std::string_view bytes) {
  std::vector<CpioEntry> entries;
  std::size_t offset = 0;
  for (;;) {
    if (offset > bytes.size() || bytes.size() - offset < kHeaderSize) {
      return std::unexpected("ends without a trailer");
    }
    const std::string_view header = bytes.substr(offset, kHeaderSize);
    const auto size = number(header, kFileSize);
    const auto name_size = number(header, kNameSize);
    if (!is_cpio(header) || !size || !name_size || *name_size == 0) {
      return std::unexpected("has a damaged header at byte " + std::to_string(offset));
    }
    const std::size_t name = offset + kHeaderSize;
    const std::size_t contents = padded(name + *name_size);
    if (contents > bytes.size() || *size > bytes.size() - contents) {
      return std::unexpected("ends inside an entry");
    }
    const std::string_view path = bytes.substr(name, *name_size - 1);
    if (path == kTrailer) return entries;
    entries.push_back({path, header, bytes.substr(contents, *size)});
    offset = padded(contents + *size);
  }
}

}  // namespace kmod::reproducibility
