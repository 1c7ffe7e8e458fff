// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_BYTE_READER_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_BYTE_READER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace kmod::vm {

// Reads what ByteWriter wrote. The input is not trusted: a read past the end gives zero or an empty
// string and makes ok() false for good, so a caller checks once, after all reads.
class ByteReader {
 public:
  explicit ByteReader(std::string_view input) : rest_(input) {}

  [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(little_endian(1)); }
  [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(little_endian(4)); }
  [[nodiscard]] std::uint64_t u64() { return little_endian(8); }
  [[nodiscard]] std::int32_t i32() { return static_cast<std::int32_t>(u32()); }

  [[nodiscard]] std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  [[nodiscard]] std::string text() { return std::string(bytes(u32())); }

  // True while every read so far lay inside the input.
  [[nodiscard]] bool ok() const { return ok_; }

  // True if all reads were good and nothing is left over.
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::uint64_t little_endian(std::size_t size) {
    std::uint64_t value = 0;
    std::string_view taken = bytes(size);
    for (std::size_t i = taken.size(); i-- > 0;) {
      value = (value << 8) | static_cast<std::uint8_t>(taken[i]);
    }
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_BYTE_READER_H_
