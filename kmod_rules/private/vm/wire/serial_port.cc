// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/serial_port.h"

#include <fcntl.h>
#include <termios.h>

#include <cerrno>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file_descriptor.h"

namespace kmod::vm {

base::Result<int> open_serial_port(const char* device) {
  const auto failure = [device] {
    return std::unexpected(std::string(device) + ": " + base::describe_errno(errno));
  };
  base::FileDescriptor port(open(device, O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (port.get() < 0) return failure();
  termios settings = {};
  if (tcgetattr(port.get(), &settings) != 0) return failure();
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  cfsetspeed(&settings, B115200);
  if (tcsetattr(port.get(), TCSANOW, &settings) != 0) return failure();
  return port.release();
}

}  // namespace kmod::vm
