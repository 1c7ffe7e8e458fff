// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/kernel_vm/program_on_terminal.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <algorithm>

namespace kmod::vm {
namespace {

// Between two pieces of output. A whole boot takes a few seconds.
constexpr int kPatienceMs = 40'000;
constexpr int kStepMs = 100;

}  // namespace

ProgramOnTerminal::ProgramOnTerminal(const std::vector<std::string>& command) {
  winsize size = {.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
  if (openpty(&master_, &slave_, nullptr, nullptr, &size) != 0) return;
  pid_ = fork();
  if (pid_ != 0) return;
  close(master_);
  login_tty(slave_);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::string terminal = "TERM=xterm";
  char* const environment[] = {terminal.data(), nullptr};
  execve(arguments[0], arguments.data(), environment);
  _exit(127);
}

ProgramOnTerminal::~ProgramOnTerminal() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(master_);
  close(slave_);
}

std::string ProgramOnTerminal::expect(const std::string& text) {
  for (int waited_ms = 0;;) {
    const std::size_t found = unread_.find(text);
    if (found != std::string::npos) {
      std::string seen = unread_.substr(0, found + text.size());
      unread_.erase(0, found + text.size());
      return seen;
    }
    // The terminal stays open here, so its end does not show the end of the program.
    siginfo_t ended = {};
    waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
    pollfd ready = {master_, POLLIN, 0};
    if (poll(&ready, 1, kStepMs) == 1) {
      char buffer[4096];
      const ssize_t size = read(master_, buffer, sizeof(buffer));
      if (size > 0) unread_.append(buffer, static_cast<std::size_t>(size));
      waited_ms = 0;
    } else if (waited_ms += kStepMs; ended.si_pid != 0 || waited_ms >= kPatienceMs) {
      ADD_FAILURE() << "\"" << text << "\" did not come; what came is:\n" << unread_;
      return {};
    }
  }
}

void ProgramOnTerminal::type(const std::string& keys) const {
  EXPECT_EQ(write(master_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
}

void ProgramOnTerminal::resize(unsigned short rows, unsigned short columns) const {
  winsize size = {.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  EXPECT_EQ(ioctl(master_, TIOCSWINSZ, &size), 0);
}

void ProgramOnTerminal::signal(int number) const { kill(pid_, number); }

int ProgramOnTerminal::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

termios ProgramOnTerminal::settings() const {
  termios settings = {};
  tcgetattr(slave_, &settings);
  return settings;
}

bool same_settings(const termios& left, const termios& right) {
  return left.c_iflag == right.c_iflag && left.c_oflag == right.c_oflag &&
         left.c_cflag == right.c_cflag && left.c_lflag == right.c_lflag &&
         std::ranges::equal(left.c_cc, right.c_cc);
}

}  // namespace kmod::vm
