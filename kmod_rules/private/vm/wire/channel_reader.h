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

// Decodes the messages of the other side and accepts only those with the nonce of this run and the
// next sequence number. Anything else becomes an error and is never delivered. Before a nonce is
// set, the only accepted message is of the type `greeting`, with a nonce of zeros and sequence
// number 0.
class ChannelReader {
 public:
  explicit ChannelReader(FrameType greeting) : greeting_(greeting) {}

  // From here on, every frame must carry `nonce`, starting with sequence number 1.
  void expect_nonce(const Nonce& nonce);

  // The messages that become complete with `bytes`, in order.
  [[nodiscard]] std::vector<Message> feed(std::string_view bytes);

  // The other side has hung up: an unfinished frame becomes an error.
  void finish();

  // The first twenty errors of the stream, oldest first.
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
