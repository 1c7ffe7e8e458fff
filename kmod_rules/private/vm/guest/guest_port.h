// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_

#include <cstdint>
#include <expected>
#include <string>

#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// The guest's end of the channel: a serial port in raw mode. Frames are collected and written by
// flush(), because a write for each of hundreds of log records is what takes the time.
//
// A port that fails later is not reported: there is nobody else to tell, and a host that gets no
// end record draws its own conclusion.
class GuestPort {
 public:
  // Errors: the device cannot be opened or is no terminal.
  [[nodiscard]] static std::expected<GuestPort, std::string> open(const char* device);

  GuestPort(GuestPort&& other) noexcept;
  GuestPort& operator=(GuestPort&&) = delete;
  ~GuestPort();

  // Says that init is ready and waits, without limit, for the host's answer. What is sent from then
  // on carries the answer's nonce.
  [[nodiscard]] StartMessage shake_hands(const ReadyMessage& ready);

  void send(const Message& message);
  void flush();

  // Returns when the last byte has left the machine.
  void drain();

 private:
  explicit GuestPort(int fd) : fd_(fd) {}

  int fd_;
  Nonce nonce_ = {};
  std::uint32_t sequence_ = 0;
  std::string pending_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_
