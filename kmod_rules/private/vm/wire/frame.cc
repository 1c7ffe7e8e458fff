// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/frame.h"

#include "kmod_rules/private/vm/wire/byte_writer.h"

namespace kmod::vm {
namespace {

consteval std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table = {};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0xedb88320U : 0U);
    table[byte] = value;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kCrcTable = make_crc_table();

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t value = 0xffffffffU;
  for (char c : bytes) {
    value = (value >> 8) ^ kCrcTable[(value ^ static_cast<std::uint8_t>(c)) & 0xff];
  }
  return ~value;
}

std::string encode(const Frame& frame) {
  std::string_view payload = std::string_view(frame.payload).substr(0, kMaxPayload);
  ByteWriter writer;
  writer.bytes(kFrameMagic);
  writer.u8(static_cast<std::uint8_t>(frame.type));
  writer.u32(frame.sequence);
  for (std::uint8_t byte : frame.nonce) writer.u8(byte);
  writer.u32(static_cast<std::uint32_t>(payload.size()));
  writer.u32(crc32(writer.buffer()));
  writer.bytes(payload);
  writer.u32(crc32(payload));
  return writer.take();
}

}  // namespace kmod::vm
