// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/export_diagnosis.h"

#include <fmt/format.h>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

// "base.h:12:8: error: …" for "base.h"; empty if the log has no error in the header.
std::string_view first_error_in(std::string_view log, const std::string& header) {
  for (const std::string_view line : base::split_lines(log)) {
    if (line.starts_with(header + ":") && line.contains(" error: ")) return line;
  }
  return "";
}

}  // namespace

std::vector<std::string> diagnose_exports(std::string_view log, const DiagnosisContext& context) {
  std::vector<std::string> messages;
  for (const std::string& header : context.export_headers) {
    const std::string_view error = first_error_in(log, header);
    if (error.empty()) continue;
    messages.push_back(fmt::format(
        "{}: {} of export_hdrs does not compile as C, from which the kernel computes the versions "
        "of exported symbols: {}. Put what only C++ knows, such as extern \"C\", within #ifdef "
        "__cplusplus.",
        context.label, header, error));
  }
  if (!messages.empty()) return messages;
  for (const std::string& symbol : context.own_exports) {
    if (!log.contains(fmt::format("error: '{}' undeclared", symbol))) continue;
    messages.push_back(fmt::format(
        "{}: it exports {}, which no header of export_hdrs declares ({}). Declare it there, or add "
        "the header that does.",
        context.label, symbol, fmt::join(context.export_headers, ", ")));
  }
  return messages;
}

}  // namespace kmod::kbuild
