// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/timeline.h"

#include <string_view>
#include <utility>

namespace kmod::vm {

std::string format_timeline(const Timeline& timeline) {
  // Each stage by the event that ends it.
  const std::pair<std::string_view, std::optional<std::uint64_t>> stages[] = {
      {"runner", timeline.qemu_started},
      {"QEMU and firmware", timeline.first_output},
      {"unpacking the kernel", timeline.first_log_line},
      {"kernel", timeline.init_started},
      {"init", timeline.ready},
      {"modules", timeline.ended},
      {"switching off", timeline.qemu_gone},
      {"judging", timeline.judged},
  };
  const auto in_ms = [](std::uint64_t from, std::uint64_t to) {
    return std::to_string((to - from + 500) / 1000);
  };
  std::string text = in_ms(timeline.runner_started, timeline.judged) + " ms:";
  std::uint64_t last = timeline.runner_started;
  std::string_view separator = " ";
  std::string_view stayed_in;
  for (const auto& [name, end] : stages) {
    if (stayed_in.empty()) stayed_in = name;
    if (!end || *end < last) continue;
    text += std::string(separator) + std::string(stayed_in) + " " + in_ms(last, *end);
    last = *end;
    separator = ", ";
    stayed_in = {};
  }
  return text;
}

}  // namespace kmod::vm
