// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/cpio_archive.h"

#include <charconv>

namespace kmod::base {
namespace {

constexpr std::string_view kMagic = "070701";

// Eight hexadecimal digits a field, after the magic number.
constexpr std::size_t kMode = 6 + 1 * 8;
constexpr std::size_t kFileSize = 6 + 6 * 8;
constexpr std::size_t kNameSize = 6 + 11 * 8;

std::optional<std::uint32_t> number(std::string_view header, std::size_t at) {
  const std::string_view text = header.substr(at, 8);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool is_cpio(std::string_view bytes) { return bytes.starts_with(kMagic); }

std::optional<CpioHeader> parse_cpio_header(std::string_view bytes) {
  if (bytes.size() != kCpioHeaderSize || !is_cpio(bytes)) return std::nullopt;
  const auto mode = number(bytes, kMode);
  const auto file_size = number(bytes, kFileSize);
  const auto name_size = number(bytes, kNameSize);
  if (!mode || !file_size || !name_size || *name_size == 0) return std::nullopt;
  return CpioHeader{*mode, *file_size, *name_size};
}

Result<std::vector<CpioEntry>> parse_cpio(std::string_view bytes) {
  std::vector<CpioEntry> entries;
  std::size_t offset = 0;
  for (;;) {
    if (offset > bytes.size() || bytes.size() - offset < kCpioHeaderSize) {
      return std::unexpected("ends without a trailer");
    }
    const std::string_view text = bytes.substr(offset, kCpioHeaderSize);
    const auto header = parse_cpio_header(text);
    if (!header) {
      return std::unexpected("has a damaged header at byte " + std::to_string(offset));
    }
    const std::size_t name = offset + kCpioHeaderSize;
    const std::size_t name_end = name + header->name_size;
    const std::size_t contents = name_end + cpio_padding(name_end);
    if (contents > bytes.size() || header->file_size > bytes.size() - contents) {
      return std::unexpected("ends inside an entry");
    }
    const std::string_view path = bytes.substr(name, header->name_size - 1);
    if (path == kCpioTrailer) return entries;
    entries.push_back({path, text, bytes.substr(contents, header->file_size)});
    offset = contents + header->file_size;
    offset += cpio_padding(offset);
  }
}

}  // namespace kmod::base
