// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_BYTE_WRITER_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_BYTE_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kmod::vm {

// Appends integers (little endian) and strings to a growing buffer: the writing half of the guest
// channel's wire format, whose reading half is ByteReader.
class ByteWriter {
 public:
  void u8(std::uint8_t value) { little_endian(value, 1); }
  void u32(std::uint32_t value) { little_endian(value, 4); }
  void u64(std::uint64_t value) { little_endian(value, 8); }
  void i32(std::int32_t value) { u32(static_cast<std::uint32_t>(value)); }

  // The bytes as they are, without a length.
  void bytes(std::string_view value) { buffer_.append(value); }

  // A 32-bit length, then the bytes.
  void text(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    bytes(value);
  }

  [[nodiscard]] const std::string& buffer() const { return buffer_; }
  [[nodiscard]] std::string take() { return std::move(buffer_); }

 private:
  void little_endian(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) buffer_.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  }

  std::string buffer_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_BYTE_WRITER_H_
