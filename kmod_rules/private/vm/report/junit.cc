// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/junit.h"

#include <algorithm>
#include <cstdio>

namespace kmod::vm {
namespace {

// A console may hold any byte, XML may not: what XML 1.0 forbids, and what might not be UTF-8,
// becomes a question mark.
std::string escape(std::string_view text) {
  std::string result;
  for (char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
      case '\t':
        result.push_back(c);
        break;
      default:
        result.push_back(c >= ' ' && c <= '~' ? c : '?');
    }
  }
  return result;
}

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6f", value);
  return text;
}

std::string format_outcome(const Check& check) {
  std::string xml;
  if (check.state == CheckState::kFailed) {
    xml = "<failure type=\"" + std::string(verdict_name(check.verdict)) + "\" message=\"" +
          escape(check.detail) + "\"/>";
  } else if (check.state == CheckState::kSkipped) {
    xml = "<skipped message=\"" + escape(check.detail) + "\"/>";
  }
  if (!check.output.empty()) xml += "<system-out>" + escape(check.output) + "</system-out>";
  return xml;
}

}  // namespace

std::string format_junit(const Judgment& judgment, std::string_view suite, std::string_view log,
                         double duration_s) {
  const auto count = [&](CheckState state) {
    return std::to_string(std::ranges::count(judgment.checks, state, &Check::state));
  };
  const std::string counts = " tests=\"" + std::to_string(judgment.checks.size()) +
                             "\" failures=\"" + count(CheckState::kFailed) +
                             "\" errors=\"0\" skipped=\"" + count(CheckState::kSkipped) +
                             "\" time=\"" + seconds(duration_s) + "\">\n";
  const std::string name = escape(suite);
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts +
                    "<testsuite name=\"" + name + "\"" + counts;
  for (const Check& check : judgment.checks) {
    xml += "<testcase classname=\"" + name + "\" name=\"" + escape(check.name) + "\" time=\"" +
           seconds(check.duration_s) + "\">" + format_outcome(check) + "</testcase>\n";
  }
  return xml + "<system-out>" + escape(log) + "</system-out>\n</testsuite>\n</testsuites>\n";
}

}  // namespace kmod::vm
