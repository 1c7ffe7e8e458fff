// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_KERNEL_VM_PROGRAM_ON_TERMINAL_H_
#define TESTS_VM_KERNEL_VM_PROGRAM_ON_TERMINAL_H_

#include <sys/types.h>
#include <termios.h>

#include <string>
#include <vector>

namespace kmod::vm {

// A program on a pseudo-terminal of 30 rows and 100 columns, used as a person would use it. The
// destructor kills it if it still runs.
class ProgramOnTerminal {
 public:
  explicit ProgramOnTerminal(const std::vector<std::string>& command);
  ProgramOnTerminal(const ProgramOnTerminal&) = delete;
  ProgramOnTerminal& operator=(const ProgramOnTerminal&) = delete;
  ~ProgramOnTerminal();

  // Waits until the program has written `text` after the text of the last call. Gives everything up
  // to there, or fails the test and gives an empty string.
  std::string expect(const std::string& text);

  void type(const std::string& keys) const;
  void resize(unsigned short rows, unsigned short columns) const;
  void signal(int number) const;

  // As a shell gives it: 128 and the number for a signal.
  [[nodiscard]] int wait();

  // The current mode of the terminal, which outlives the program.
  [[nodiscard]] termios settings() const;

 private:
  pid_t pid_ = -1;
  int master_ = -1;
  int slave_ = -1;
  std::string unread_;
};

[[nodiscard]] bool same_settings(const termios& left, const termios& right);

}  // namespace kmod::vm

#endif  // TESTS_VM_KERNEL_VM_PROGRAM_ON_TERMINAL_H_
