// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/console_channel.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kmod_rules/private/base/file_descriptor.h"

namespace kmod::vm {

void ConsoleChannel::send(const ConsoleMessage& message) {
  base::write_all(fd_.get(), encode_console_message(message));
}

std::vector<ConsoleMessage> ConsoleChannel::receive() {
  char buffer[4096];
  const ssize_t size = read(fd_.get(), buffer, sizeof(buffer));
  if (size == 0 || (size < 0 && errno != EINTR && errno != EAGAIN)) fd_.close();
  if (size <= 0) return {};
  return feed({buffer, static_cast<std::size_t>(size)});
}

std::vector<ConsoleMessage> ConsoleChannel::feed(std::string_view bytes) {
  decoder_.feed(bytes);
  std::vector<ConsoleMessage> messages;
  while (const auto frame = decoder_.next()) {
    if (!*frame || (*frame)->type != kConsoleFrame) continue;
    if (auto message = decode_console_message((*frame)->payload)) {
      messages.push_back(std::move(*message));
    }
  }
  return messages;
}

}  // namespace kmod::vm
