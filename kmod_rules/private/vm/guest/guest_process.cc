// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

constexpr int kCannotRun = 127;

std::vector<std::string> shell_environment(const SetupMessage& setup) {
  return {
      "HOME=/root",
      "PATH=/kmod/programs:/usr/sbin:/usr/bin:/sbin:/bin",
      "PS1=\\h:\\w\\$ ",
      "SHELL=/bin/sh",
      "TERM=" + (setup.terminal.empty() ? "linux" : setup.terminal),
      "USER=root",
  };
}

// Runs in the child; does not return.
[[noreturn]] void become_shell(std::vector<std::string> arguments,
                               std::vector<std::string> environment) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  std::vector<char*> variables;
  variables.reserve(environment.size() + 1);
  for (std::string& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);
  execve("/bin/sh", words.data(), variables.data());
  _exit(kCannotRun);
}

// A line that can be edited, with the keys that every shell expects.
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

std::expected<GuestProcess, std::string> start_shell(const SetupMessage& setup,
                                                     const std::string& directory) {
  GuestProcess process;
  process.pid = fork();
  if (process.pid < 0)
    return std::unexpected("no process for the shell: " + base::describe_errno(errno));
  if (process.pid == 0) {
    setsid();
    const int console = open(kConsoleDevice, O_RDWR);
    if (console < 0) _exit(kCannotRun);
    ioctl(console, TIOCSCTTY, 0);
    make_terminal_sane(console);
    for (int fd = 0; fd <= 2; ++fd) dup2(console, fd);
    if (console > 2) close(console);
    if (chdir(directory.c_str()) != 0) _exit(kCannotRun);
    become_shell({"sh", "-i"}, shell_environment(setup));
  }
  return process;
}

std::expected<GuestProcess, std::string> start_command(const SetupMessage& setup,
                                                       const std::string& directory) {
  int output[2];
  int errors[2];
  if (pipe2(output, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0) {
    return std::unexpected("no pipes for the command: " + base::describe_errno(errno));
  }
  GuestProcess process = {-1, base::FileDescriptor(output[0]), base::FileDescriptor(errors[0])};
  base::FileDescriptor its_output(output[1]);
  base::FileDescriptor its_errors(errors[1]);
  process.pid = fork();
  if (process.pid < 0) {
    return std::unexpected("no process for the command: " + base::describe_errno(errno));
  }
  if (process.pid == 0) {
    setsid();
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(its_output.get(), STDOUT_FILENO) < 0 || dup2(its_errors.get(), STDERR_FILENO) < 0 ||
        chdir(directory.c_str()) != 0) {
      _exit(kCannotRun);
    }
    become_shell({"sh", "-c", setup.command}, shell_environment(setup));
  }
  fcntl(process.output.get(), F_SETFL, O_NONBLOCK);
  fcntl(process.errors.get(), F_SETFL, O_NONBLOCK);
  return process;
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
