// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_CHANNEL_READER_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_CHANNEL_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/wire/frame.h"
#include "kmod_rules/private/vm/wire/frame_decoder.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// One side's view of what the other side says: decodes, and lets through only what carries the
// nonce of this run and the next sequence number. Anything else is kept as an error and never
// delivered. Before a nonce is set, the only message that is let through is the one given as
// `greeting`, with a nonce of zeros and sequence number 0.
class ChannelReader {
 public:
  explicit ChannelReader(FrameType greeting) : greeting_(greeting) {}

  // From here on every frame has to carry `nonce`, beginning with sequence number 1.
  void expect_nonce(const Nonce& nonce);

  // The messages that become complete with `bytes`, in order.
  [[nodiscard]] std::vector<Message> feed(std::string_view bytes);

  // The other side has hung up: an unfinished frame becomes an error.
  void finish();

  // What was wrong with the stream so far, oldest first, the first twenty.
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

 private:
  void refuse(std::string what);
  std::optional<Message> accept(const Frame& frame);

  FrameDecoder decoder_;
  FrameType greeting_;
  std::optional<Nonce> nonce_;
  std::uint32_t last_sequence_ = 0;
  bool greeted_ = false;
  std::vector<std::string> errors_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_CHANNEL_READER_H_
