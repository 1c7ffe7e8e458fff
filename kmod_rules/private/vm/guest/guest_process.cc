// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/process.h"

namespace kmod::vm {
namespace {

std::vector<std::string> shell_environment(const SetupMessage& setup) {
  return {
      "HOME=/root",
      "PATH=/kmod/programs:/usr/sbin:/usr/bin:/sbin:/bin",
      "PS1=\\h:\\w\\$ ",
      "SHELL=/bin/sh",
      fmt::format("TERM={}", setup.terminal.empty() ? "linux" : setup.terminal),
      "USER=root",
  };
}

// Line editing, with the keys that every shell expects.
void make_terminal_sane(int console) {
  termios settings = {};
  if (tcgetattr(console, &settings) != 0) return;
  settings.c_iflag = ICRNL | IXON | IUTF8 | BRKINT;
  settings.c_oflag = OPOST | ONLCR;
  settings.c_lflag = ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE;
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cc[VINTR] = 'C' & 0x1f;
  settings.c_cc[VQUIT] = '\\' & 0x1f;
  settings.c_cc[VERASE] = 0x7f;
  settings.c_cc[VKILL] = 'U' & 0x1f;
  settings.c_cc[VEOF] = 'D' & 0x1f;
  settings.c_cc[VSUSP] = 'Z' & 0x1f;
  tcsetattr(console, TCSANOW, &settings);
}

}  // namespace

base::Result<GuestProcess> start_shell(const SetupMessage& setup, const std::string& directory) {
  const base::FileDescriptor console(open(kConsoleDevice, O_RDWR | O_NOCTTY | O_CLOEXEC));
  const int fd = console.get();
  auto shell = KMOD_TRY(base::Process::start({
      .arguments = {"/bin/sh", "-i"},
      .environment = shell_environment(setup),
      .directory = directory,
      .files = {fd, fd, fd},
      .new_session = true,
      .prepare =
          [fd] {
            if (ioctl(fd, TIOCSCTTY, 0) != 0) return errno;
            make_terminal_sane(fd);
            return 0;
          },
  }));
  GuestProcess process;
  process.pid = shell.release();
  return process;
}

base::Result<GuestProcess> start_command(const SetupMessage& setup, const std::string& directory) {
  base::Pipe output = KMOD_TRY(base::make_pipe());
  base::Pipe errors = KMOD_TRY(base::make_pipe());
  auto shell = KMOD_TRY(base::Process::start({
      .arguments = {"/bin/sh", "-c", setup.command},
      .environment = shell_environment(setup),
      .directory = directory,
      .files = {base::kNullFile, output.write.get(), errors.write.get()},
      .new_session = true,
  }));
  fcntl(output.read.get(), F_SETFL, O_NONBLOCK);
  fcntl(errors.read.get(), F_SETFL, O_NONBLOCK);
  return GuestProcess{shell.release(), std::move(output.read), std::move(errors.read)};
}

void set_console_size(const WindowSize& window) {
  const base::FileDescriptor console(open(kConsoleDevice, O_RDWR | O_NOCTTY | O_CLOEXEC));
  winsize size = {};
  size.ws_row = static_cast<unsigned short>(window.rows);
  size.ws_col = static_cast<unsigned short>(window.columns);
  ioctl(console.get(), TIOCSWINSZ, &size);
}

std::uint8_t shell_status(int wait_status) {
  const int status =
      WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
  return static_cast<std::uint8_t>(status);
}

}  // namespace kmod::vm
