// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/channel_reader.h"

#include <utility>

namespace kmod::vm {
namespace {

// A guest that sends only noise must not fill the host's memory with errors.
constexpr std::size_t kMaxErrors = 20;

}  // namespace

void ChannelReader::expect_nonce(const Nonce& nonce) {
  nonce_ = nonce;
  last_sequence_ = 0;
}

void ChannelReader::refuse(std::string what) {
  if (errors_.size() < kMaxErrors) errors_.push_back(std::move(what));
}

std::optional<Message> ChannelReader::accept(const Frame& frame) {
  const std::string name = "frame of type " + std::to_string(static_cast<int>(frame.type)) +
                           " with sequence number " + std::to_string(frame.sequence);
  if (!nonce_) {
    if (frame.type != greeting_ || frame.sequence != 0 || frame.nonce != Nonce{} || greeted_) {
      refuse(name + " came before a nonce was agreed");
      return std::nullopt;
    }
    greeted_ = true;
  } else {
    if (frame.nonce != *nonce_) {
      refuse(name + " does not carry this run's nonce");
      return std::nullopt;
    }
    if (frame.sequence != last_sequence_ + 1) {
      // The frame itself is valid, so reading continues from its number, and a gap is reported
      // once.
      refuse(name + " came where number " + std::to_string(last_sequence_ + 1) + " was due");
      if (frame.sequence <= last_sequence_) return std::nullopt;
    }
    last_sequence_ = frame.sequence;
  }
  auto message = decode_payload(frame.type, frame.payload);
  if (!message) {
    refuse(name + ": " + message.error());
    return std::nullopt;
  }
  return std::move(*message);
}

std::vector<Message> ChannelReader::feed(std::string_view bytes) {
  decoder_.feed(bytes);
  std::vector<Message> messages;
  while (auto item = decoder_.next()) {
    if (!*item) {
      refuse(std::move(item->error()));
      continue;
    }
    if (auto message = accept(**item)) messages.push_back(std::move(*message));
  }
  return messages;
}

void ChannelReader::finish() {
  if (auto error = decoder_.finish()) refuse(std::move(*error));
}

}  // namespace kmod::vm
