// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_port.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <variant>

#include "kmod_rules/private/vm/wire/channel_reader.h"
#include "kmod_rules/private/vm/wire/serial_port.h"

namespace kmod::vm {
namespace {

constexpr std::size_t kFlushSize = std::size_t{16} * 1024;

}  // namespace

std::expected<GuestPort, std::string> GuestPort::open(const char* device) {
  const auto fd = open_serial_port(device);
  if (!fd) return std::unexpected(fd.error());
  return GuestPort(*fd);
}

GuestPort::GuestPort(GuestPort&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      nonce_(other.nonce_),
      sequence_(other.sequence_),
      pending_(std::move(other.pending_)) {}

GuestPort::~GuestPort() {
  if (fd_ >= 0) close(fd_);
}

StartMessage GuestPort::shake_hands(const ReadyMessage& ready) {
  pending_ += encode({FrameType::kReady, 0, Nonce{}, encode_payload(ready)});
  flush();
  ChannelReader reader(FrameType::kStart);
  char buffer[4096];
  for (;;) {
    const ssize_t size = read(fd_, buffer, sizeof(buffer));
    if (size <= 0) continue;
    for (const Message& message : reader.feed({buffer, static_cast<std::size_t>(size)})) {
      if (const auto* start = std::get_if<StartMessage>(&message)) {
        nonce_ = start->nonce;
        return *start;
      }
    }
  }
}

void GuestPort::send(const Message& message) {
  pending_ += encode({frame_type(message), ++sequence_, nonce_, encode_payload(message)});
  if (pending_.size() >= kFlushSize) flush();
}

void GuestPort::flush() {
  std::size_t written = 0;
  while (written < pending_.size()) {
    const ssize_t size = write(fd_, pending_.data() + written, pending_.size() - written);
    if (size < 0 && errno != EINTR) break;
    if (size > 0) written += static_cast<std::size_t>(size);
  }
  pending_.clear();
}

void GuestPort::drain() { tcdrain(fd_); }

}  // namespace kmod::vm
