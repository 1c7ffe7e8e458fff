// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_
#define KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_

#include <termios.h>

#include <optional>
#include <string_view>

#include "kmod_rules/private/vm/wire/console_message.h"

namespace kmod::vm {

// This program's terminal, if its standard input is a terminal. The destructor restores its mode.
class Terminal {
 public:
  Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() { restore(); }

  [[nodiscard]] bool present() const { return original_.has_value(); }

  // Passes every key through unchanged, Ctrl-C included, and does not change output.
  void make_raw();
  void restore();
  [[nodiscard]] bool raw() const { return raw_; }

  // 24 by 80 if there is no terminal or its size is unknown.
  [[nodiscard]] static WindowSize size();

 private:
  std::optional<termios> original_;
  bool raw_ = false;
};

// Follows the keys as QEMU does, to know whether Ctrl-A X ended it: QEMU's exit status is 0 then,
// as it is after a panic of the guest's kernel.
class EscapeWatch {
 public:
  void feed(std::string_view keys) {
    constexpr char kCtrlA = 1;
    for (const char key : keys) {
      left_ = left_ || (escaped_ && (key == 'x' || key == 'X'));
      escaped_ = !escaped_ && key == kCtrlA;
    }
  }

  [[nodiscard]] bool left() const { return left_; }

 private:
  bool escaped_ = false;
  bool left_ = false;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_
