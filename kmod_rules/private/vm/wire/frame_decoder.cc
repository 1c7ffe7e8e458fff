// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/frame_decoder.h"

#include <algorithm>

#include "kmod_rules/private/vm/wire/byte_reader.h"

namespace kmod::vm {

void FrameDecoder::consume(std::size_t size) {
  buffer_.erase(0, size);
  offset_ += size;
}

void FrameDecoder::skip_damage() {
  std::size_t found = buffer_.find(kFrameMagic, 1);
  if (found == std::string::npos) {
    // The bytes so far may end inside a magic.
    std::size_t keep = std::min(buffer_.size() - 1, kFrameMagic.size() - 1);
    while (keep > 0 && !kFrameMagic.starts_with(buffer_.substr(buffer_.size() - keep))) --keep;
    found = buffer_.size() - keep;
  }
  consume(found);
}

std::string FrameDecoder::error_at(std::uint64_t offset, std::string_view what) {
  return "byte " + std::to_string(offset) + " of the channel: " + std::string(what);
}

std::optional<base::Result<Frame>> FrameDecoder::next() {
  while (!buffer_.empty()) {
    const std::string_view seen = std::string_view(buffer_).substr(0, kFrameMagic.size());
    std::string_view damage;
    std::size_t length = 0;
    Frame frame;
    if (!kFrameMagic.starts_with(seen)) {
      damage = "bytes that are not a frame";
    } else if (buffer_.size() < kFrameHeaderSize) {
      return std::nullopt;
    } else {
      ByteReader reader(buffer_);
      static_cast<void>(reader.bytes(kFrameMagic.size()));
      frame.type = static_cast<FrameType>(reader.u8());
      frame.sequence = reader.u32();
      for (std::uint8_t& byte : frame.nonce) byte = reader.u8();
      length = reader.u32();
      if (reader.u32() != crc32(std::string_view(buffer_).substr(0, kFrameHeaderSize - 4))) {
        damage = "a frame whose header does not match its checksum";
      } else if (length > kMaxPayload) {
        damage = "a frame that claims to be longer than any frame may be";
      } else if (buffer_.size() < kFrameHeaderSize + length + kFrameTrailerSize) {
        return std::nullopt;
      } else {
        frame.payload = reader.bytes(length);
        if (reader.u32() != crc32(frame.payload)) {
          damage = "a frame whose payload does not match its checksum";
        }
      }
    }
    if (damage.empty()) {
      in_damage_ = false;
      consume(kFrameHeaderSize + length + kFrameTrailerSize);
      return frame;
    }
    const std::uint64_t at = offset_;
    const bool first = !in_damage_;
    in_damage_ = true;
    skip_damage();
    if (first) return std::unexpected(error_at(at, damage));
  }
  return std::nullopt;
}

std::optional<std::string> FrameDecoder::finish() const {
  if (buffer_.empty()) return std::nullopt;
  return error_at(offset_, "the channel ended inside a frame, after " +
                               std::to_string(buffer_.size()) + " of its bytes");
}

}  // namespace kmod::vm
