// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_LINE_SPLITTER_H_
#define KMOD_RULES_VM_LINE_SPLITTER_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmod::vm {

// Turns a stream of bytes from a terminal into lines, without their line ends.
class LineSplitter {
 public:
  // The lines that become complete with `bytes`.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes) {
    std::vector<std::string> lines;
    for (char c : bytes) {
      if (c == '\n') {
        lines.push_back(take());
      } else {
        unfinished_.push_back(c);
      }
    }
    return lines;
  }

  // What has come of the line that is not complete yet; it is gone then.
  [[nodiscard]] std::string take() {
    while (unfinished_.ends_with('\r')) unfinished_.pop_back();
    return std::exchange(unfinished_, {});
  }

  [[nodiscard]] const std::string& unfinished() const { return unfinished_; }

  [[nodiscard]] bool has_unfinished() const { return !unfinished_.empty(); }

 private:
  std::string unfinished_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_LINE_SPLITTER_H_
