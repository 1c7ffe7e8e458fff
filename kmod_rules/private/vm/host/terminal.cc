// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace kmod::vm {

Terminal::Terminal() {
  termios settings = {};
  if (tcgetattr(STDIN_FILENO, &settings) == 0) original_ = settings;
}

void Terminal::make_raw() {
  if (!original_) return;
  termios settings = *original_;
  cfmakeraw(&settings);
  raw_ = tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) == 0;
}

void Terminal::restore() {
  if (!raw_) return;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &*original_);
  raw_ = false;
}

WindowSize Terminal::size() {
  winsize size = {};
  if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
    return {};
  }
  return {size.ws_row, size.ws_col};
}

}  // namespace kmod::vm
