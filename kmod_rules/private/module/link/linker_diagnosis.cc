// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/linker_diagnosis.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::link {
namespace {

constexpr std::string_view kError = "error: ";

// An error, with the lines that belong to it.
std::vector<std::string> split_errors(std::string_view log) {
  std::vector<std::string> errors;
  for (const std::string_view line : base::split_lines(log)) {
    const std::size_t error = line.find(kError);
    if (line.starts_with("ld.lld") && error != std::string_view::npos) {
      errors.emplace_back(line.substr(error + kError.size()));
    } else if (line.starts_with(">>>") && !errors.empty()) {
      errors.back() += fmt::format("\n{}", line);
    }
  }
  return errors;
}

// "//a:a (a.o) and //b:b (b.o)", of the inputs that the text names.
std::string describe_inputs(const LinkRequest& request, std::string_view text) {
  std::vector<std::string> descriptions;
  for (const LinkRequest::Library& library : request.libraries) {
    for (const LinkRequest::Input& input : library.inputs) {
      if (!text.contains(input.path)) continue;
      const std::string_view file = std::string_view(input.path);
      descriptions.push_back(
          fmt::format("{} ({})", library.label, file.substr(file.rfind('/') + 1)));
    }
  }
  return base::join(descriptions, " and ");
}

std::string explain_duplicate(const LinkRequest& request, std::string_view symbol,
                              std::string_view error) {
  const std::string inputs = describe_inputs(request, error);
  if (symbol == "init_module" || symbol == "cleanup_module") {
    return fmt::format(
        "{}: several sources have KMOD_MODULE(...), {}, and a module has one. Remove all but one, "
        "or build a module of each.",
        request.label, inputs);
  }
  return fmt::format(
      "{}: {} is defined more than once, by {}. Put it into an unnamed namespace or declare it "
      "static in all but one, rename it, or make it inline in one header.",
      request.label, symbol, inputs);
}

// The linker takes any text for a linker script, and finds its mistakes: "lib.a:1: …".
bool is_read_as_script(const LinkRequest& request, std::string_view first_line) {
  return std::ranges::any_of(request.libraries, [&](const LinkRequest::Library& library) {
    return std::ranges::any_of(library.inputs, [&](const LinkRequest::Input& input) {
      return first_line.starts_with(fmt::format("{}:1: ", input.path));
    });
  });
}

std::string explain(const LinkRequest& request, std::string_view error) {
  constexpr std::string_view kDuplicate = "duplicate symbol: ";
  const std::string_view first_line = error.substr(0, error.find('\n'));
  if (first_line.starts_with(kDuplicate)) {
    return explain_duplicate(request, first_line.substr(kDuplicate.size()), error);
  }
  if (first_line.contains(" is incompatible with ")) {
    return fmt::format(
        "{}: {} is compiled for another processor. Have it compiled for x86-64, with the flags of "
        "this kernel.",
        request.label, describe_inputs(request, first_line));
  }
  if (is_read_as_script(request, first_line)) {
    return fmt::format(
        "{}: {} is neither an object nor an archive. Put the object that was compiled elsewhere "
        "there, and not what points at it, such as a pointer of Git LFS.",
        request.label, describe_inputs(request, first_line));
  }
  return "";
}

}  // namespace

std::vector<std::string> diagnose_linker(const LinkRequest& request, std::string_view log) {
  std::vector<std::string> messages;
  for (const std::string& error : split_errors(log)) {
    std::string message = explain(request, error);
    if (message.empty() || std::ranges::find(messages, message) != messages.end()) continue;
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace kmod::link
