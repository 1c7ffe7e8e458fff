// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_port.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <variant>

#include "kmod_rules/private/vm/wire/channel_reader.h"
#include "kmod_rules/private/vm/wire/serial_port.h"

namespace kmod::vm {
namespace {

constexpr std::size_t kFlushSize = std::size_t{16} * 1024;

}  // namespace

base::Result<GuestPort> GuestPort::open(const char* device) {
  return GuestPort(device, base::FileDescriptor(KMOD_TRY(open_serial_port(device))));
}

void GuestPort::announce(const ReadyMessage& ready) {
  pending_ += encode({FrameType::kReady, 0, Nonce{}, encode_payload(ready)});
  flush();
}

StartMessage GuestPort::shake_hands(const ReadyMessage& ready) {
  announce(ready);
  ChannelReader reader(FrameType::kStart);
  char buffer[4096];
  for (;;) {
    const ssize_t size = read(fd_.get(), buffer, sizeof(buffer));
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
  if (!base::write_all(fd_.get(), pending_) && errno == EIO) reopen();
  pending_.clear();
}

void GuestPort::reopen() {
  auto fd = open_serial_port(device_);
  if (!fd) return;
  fd_ = base::FileDescriptor(*fd);
  const GuestErrorMessage error{std::string(device_) + " was hung up by a process in the guest"};
  base::write_all(fd_.get(),
                  encode({FrameType::kGuestError, ++sequence_, nonce_, encode_payload(error)}));
  base::write_all(fd_.get(), pending_);
}

void GuestPort::drain() { tcdrain(fd_.get()); }

}  // namespace kmod::vm
