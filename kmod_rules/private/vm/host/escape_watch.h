// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_ESCAPE_WATCH_H_
#define KMOD_RULES_PRIVATE_VM_HOST_ESCAPE_WATCH_H_

#include <string_view>

namespace kmod::vm {

// Follows what is typed as QEMU does, to know whether it was Ctrl-A X that ended it: QEMU's exit
// status is 0 then, as it is when the guest's kernel has panicked.
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

#endif  // KMOD_RULES_PRIVATE_VM_HOST_ESCAPE_WATCH_H_
