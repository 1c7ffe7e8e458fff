// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_REPORT_LINES_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_REPORT_LINES_H_

#include <string>
#include <utility>
#include <vector>

namespace kmod::reproducibility {

// Lines of a report, from the outermost to the innermost thing that differs.
using Lines = std::vector<std::string>;

// A title, and the lines below it two columns further to the right.
[[nodiscard]] inline Lines titled(std::string title, Lines lines) {
  for (std::string& line : lines) line.insert(0, "  ");
  lines.insert(lines.begin(), std::move(title));
  return lines;
}

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_REPORT_LINES_H_
