// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_log.h"

#include <algorithm>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

struct Harmless {
  std::string_view begins;
  std::string_view ends;
};
constexpr Harmless kHarmless[] = {
    // The kernel's header packages do not hold vmlinux. A module without BTF loads and works; only
    // tracing programs cannot see its types.
    {"Skipping BTF generation for ", " due to unavailability of vmlinux"},
};

// "make: *** [...] Error 2", "make[1]: Entering directory ...": they only repeat that something
// failed, after the lines that say what.
bool is_make_noise(std::string_view line) {
  if (!line.starts_with("make")) return false;
  line.remove_prefix(4);
  if (line.starts_with('[')) line = line.substr(std::min(line.find(']'), line.size() - 1) + 1);
  if (!line.starts_with(": ")) return false;
  line.remove_prefix(2);
  // Others, such as a missing rule, are errors that only make reports. They stay.
  return line.starts_with("Entering directory") || line.starts_with("Leaving directory") ||
         line.starts_with("*** [");
}

bool is_harmless(std::string_view line) {
  return std::ranges::any_of(kHarmless, [line](const Harmless& known) {
    return line.starts_with(known.begins) && line.ends_with(known.ends);
  });
}

// Whether a path can neither begin before the position nor end behind it.
bool is_whole(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kAround = " :,;'\"()<>";
  return (begin == 0 || kAround.contains(text[begin - 1])) &&
         (end == text.size() || kAround.contains(text[end]));
}

void replace_all(std::string& text, const LogReplacement& replacement) {
  const auto& [from, to, whole] = replacement;
  std::size_t at = 0;
  while ((at = text.find(from, at)) != std::string::npos) {
    if (whole && !is_whole(text, at, at + from.size())) {
      at += from.size();
      continue;
    }
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

}  // namespace

std::string clean_log(std::string_view log, const std::vector<LogReplacement>& replacements) {
  std::string cleaned;
  for (const std::string_view line : base::split_lines(log)) {
    if (is_make_noise(line) || is_harmless(line)) continue;
    std::string text(line);
    for (const LogReplacement& replacement : replacements) replace_all(text, replacement);
    cleaned += text + '\n';
  }
  return cleaned;
}

bool has_warning(std::string_view log) {
  return std::ranges::any_of(base::split_lines(log), [](std::string_view line) {
    return line.find("warning:") != std::string_view::npos ||
           line.find("Warning:") != std::string_view::npos ||
           line.find("WARNING:") != std::string_view::npos;
  });
}

}  // namespace kmod::kbuild
