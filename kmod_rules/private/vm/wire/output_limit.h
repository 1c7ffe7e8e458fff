// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_OUTPUT_LIMIT_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_OUTPUT_LIMIT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kmod::vm {

// Keeps the beginning and the end of a program's output: a serial port carries some hundred
// kilobytes a second, and a person reads less.
class OutputLimit {
 public:
  // Sizes in bytes.
  OutputLimit(std::size_t head, std::size_t tail) : head_left_(head), tail_size_(tail) {}

  // The part of `bytes` that belongs to the beginning and can be passed on at once.
  [[nodiscard]] std::string_view feed(std::string_view bytes);

  // The rest to pass on at the end: a line with the number of omitted bytes, then the tail.
  [[nodiscard]] std::string finish();

 private:
  std::size_t head_left_;
  std::size_t tail_size_;
  std::string tail_;
  std::uint64_t dropped_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_OUTPUT_LIMIT_H_
