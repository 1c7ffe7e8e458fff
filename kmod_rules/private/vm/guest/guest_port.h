// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_

#include <cstdint>
#include <string>
#include <utility>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// The guest's end of the channel: a serial port in raw mode. flush() writes the collected frames,
// because a write for each of hundreds of log records would be slow.
//
// A process can hang up the terminal, after which every write fails with EIO. The port is opened
// once more then, and the host gets an error. Other failures are not reported: the channel is the
// only way to report them, and the host notices that the end record is missing.
class GuestPort {
 public:
  // Errors: the device cannot be opened or is not a terminal.
  [[nodiscard]] static base::Result<GuestPort> open(const char* device);

  // Sends `ready` to a host that does not answer it.
  void announce(const ReadyMessage& ready);

  // Sends `ready` and waits, without limit, for the host's answer. Later messages carry the nonce
  // of the answer.
  [[nodiscard]] StartMessage shake_hands(const ReadyMessage& ready);

  void send(const Message& message);
  void flush();

  // Returns when the last byte has left the VM.
  void drain();

 private:
  GuestPort(const char* device, base::FileDescriptor fd) : device_(device), fd_(std::move(fd)) {}

  void reopen();

  const char* device_;
  base::FileDescriptor fd_;
  Nonce nonce_ = {};
  std::uint32_t sequence_ = 0;
  std::string pending_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PORT_H_
