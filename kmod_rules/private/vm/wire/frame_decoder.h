// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_FRAME_DECODER_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_FRAME_DECODER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/frame.h"

namespace kmod::vm {

// Cuts a stream of bytes into frames. Bytes outside a frame are an error, reported once
// for each run of them with the offset in the stream; the decoder then looks for the next frame, so
// that a person can still see what follows the damage. A caller must not trust a stream that has
// had an error.
class FrameDecoder {
 public:
  void feed(std::string_view bytes) { buffer_.append(bytes); }

  // The next frame or error; nothing when more bytes are needed.
  [[nodiscard]] std::optional<base::Result<Frame>> next();

  // Call it when the stream has ended and next() gives nothing: an error if it ended inside a
  // frame.
  [[nodiscard]] std::optional<std::string> finish() const;

 private:
  // Drops at least one byte, up to the next possible beginning of a frame.
  void skip_damage();
  void consume(std::size_t size);
  [[nodiscard]] static std::string error_at(std::uint64_t offset, std::string_view what);

  std::string buffer_;
  std::uint64_t offset_ = 0;  // of buffer_[0] in the stream
  bool in_damage_ = false;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_FRAME_DECODER_H_
