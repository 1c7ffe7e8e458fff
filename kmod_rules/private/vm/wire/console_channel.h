// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_CHANNEL_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_CHANNEL_H_

#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/vm/wire/console_message.h"
#include "kmod_rules/private/vm/wire/frame_decoder.h"

namespace kmod::vm {

// One end of the connection between vm_console and guest_shell.
class ConsoleChannel {
 public:
  explicit ConsoleChannel(base::FileDescriptor fd) : fd_(std::move(fd)) {}

  // For poll(). -1 once the other side has hung up.
  [[nodiscard]] int fd() const { return fd_.get(); }

  // Blocks until everything is written. A side that has hung up is noticed by receive().
  void send(const ConsoleMessage& message);

  // Reads once, which blocks if there is nothing to read, and gives the messages that are complete
  // then.
  [[nodiscard]] std::vector<ConsoleMessage> receive();

  // The messages that become complete with `bytes`, which were read from the descriptor. Other
  // bytes are skipped: the kernel can write to the port as well.
  [[nodiscard]] std::vector<ConsoleMessage> feed(std::string_view bytes);

 private:
  base::FileDescriptor fd_;
  FrameDecoder decoder_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_CONSOLE_CHANNEL_H_
