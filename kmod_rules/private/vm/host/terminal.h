// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_
#define KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_

#include <termios.h>

#include <optional>

#include "kmod_rules/private/vm/wire/console_message.h"

namespace kmod::vm {

// This program's terminal, if its standard input is one. It is as it was when this object is gone.
class Terminal {
 public:
  Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() { restore(); }

  [[nodiscard]] bool present() const { return original_.has_value(); }

  // Every key comes through as it is, Ctrl-C included, and output is not changed.
  void make_raw();
  void restore();
  [[nodiscard]] bool raw() const { return raw_; }

  // 24 by 80 if there is no terminal or it does not say.
  [[nodiscard]] static WindowSize size();

 private:
  std::optional<termios> original_;
  bool raw_ = false;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_TERMINAL_H_
