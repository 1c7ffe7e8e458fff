// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/output_limit.h"

#include <algorithm>

namespace kmod::vm {

std::string_view OutputLimit::feed(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min(head_left_, bytes.size()));
  head_left_ -= head.size();
  tail_ += bytes.substr(head.size());
  // Twice the size, so that not every small write of a flood moves the tail.
  if (tail_.size() > 2 * tail_size_) {
    dropped_ += tail_.size() - tail_size_;
    tail_.erase(0, tail_.size() - tail_size_);
  }
  return head;
}

std::string OutputLimit::finish() {
  if (tail_.size() > tail_size_) {
    dropped_ += tail_.size() - tail_size_;
    tail_.erase(0, tail_.size() - tail_size_);
  }
  if (dropped_ == 0) return tail_;
  return "\n[" + std::to_string(dropped_) + " bytes are omitted here]\n" + tail_;
}

}  // namespace kmod::vm
