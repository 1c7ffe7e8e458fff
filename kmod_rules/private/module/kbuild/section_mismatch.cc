// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/section_mismatch.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

struct End {
  std::string symbol;   // may be empty
  std::string section;  // such as .init.text
  std::string name;     // the symbol, demangled

  bool operator==(const End&) const = default;
};

struct Mismatch {
  End from;
  End to;

  bool operator==(const Mismatch&) const = default;
};

bool is_code(std::string_view section) { return section.contains(".text"); }

// "f" of "f+0x12", "f()" and "f".
std::string symbol_of(std::string_view text) {
  text = text.substr(0, text.find('+'));
  if (text.ends_with("()")) text.remove_suffix(2);
  return text == "(unknown)" ? "" : std::string(text);
}

End make_end(std::string_view symbol, std::string_view section) {
  const std::string name = symbol_of(symbol);
  return {.symbol = name, .section = std::string(section), .name = name};
}

// "f+0x12 (section: .text)"
std::optional<End> parse_end(std::string_view text) {
  constexpr std::string_view kSection = " (section: ";
  const std::size_t at = text.find(kSection);
  if (at == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  std::string_view section = text.substr(at + kSection.size());
  section.remove_suffix(1);
  return make_end(text.substr(0, at), section);
}

// Since Linux 6.0: "hello: section mismatch in reference: f (section: .text) -> g (section:
// .init.text)"
std::optional<Mismatch> parse_new(std::string_view line) {
  constexpr std::string_view kBegin = "section mismatch in reference: ";
  constexpr std::string_view kArrow = " -> ";
  const std::size_t begin = line.find(kBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  line.remove_prefix(begin + kBegin.size());
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  const auto from = parse_end(line.substr(0, arrow));
  const auto to = parse_end(line.substr(arrow + kArrow.size()));
  if (!from || !to) return std::nullopt;
  return Mismatch{.from = *from, .to = *to};
}

// Before: "hello.o(.text+0x5): Section mismatch in reference from the function f() to the function
// .init.text:g()"
std::optional<Mismatch> parse_old(std::string_view line) {
  constexpr std::string_view kBegin = "): Section mismatch in reference from the ";
  constexpr std::string_view kTo = " to the ";
  const std::size_t begin = line.find(kBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view place = line.substr(0, begin);
  const std::string_view rest = line.substr(begin + kBegin.size());
  const std::size_t to = rest.find(kTo);
  const std::size_t parenthesis = place.rfind('(');
  if (to == std::string_view::npos || parenthesis == std::string_view::npos) return std::nullopt;
  const std::string_view from_text = rest.substr(0, to);
  const std::string_view to_text = rest.substr(to + kTo.size());
  const std::string_view target = to_text.substr(to_text.find(' ') + 1);
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view section = place.substr(parenthesis + 1);
  return Mismatch{.from = make_end(from_text.substr(from_text.find(' ') + 1),
                                   section.substr(0, section.find('+'))),
                  .to = make_end(target.substr(colon + 1), target.substr(0, colon))};
}

std::string describe(const End& end) {
  if (end.name.empty()) return fmt::format("the section {}", end.section);
  return fmt::format("{}{}", end.name,
                     is_code(end.section) && !base::is_mangled(end.symbol) ? "()" : "");
}

std::string explain(const Mismatch& mismatch, const DiagnosisContext& context) {
  const auto& [from, to] = mismatch;
  const std::string owners = link::describe_definitions(context.definitions, from.symbol);
  const std::string subject =
      fmt::format("{}{}{}", describe(from), owners.empty() ? "" : " of ", owners);
  if (to.section.contains(".init")) {
    return fmt::format(
        "{0}: {1}, in {2}, refers to {3}, in {4}, which the kernel frees after the module's init: "
        "a later use jumps into or reads freed memory. Remove {5} from {3}, or use it only "
        "in functions that have __init themselves.",
        context.label, subject, from.section, describe(to), to.section,
        is_code(to.section) ? "__init or [[gnu::section]]" : "__initdata or [[gnu::section]]");
  }
  return fmt::format(
      "{0}: {1}, in {2}, refers to {3}, in {4}, which is not in memory at that time. Put both into "
      "sections that are there as long: remove __exit, __exitdata or [[gnu::section]] from {3}, or "
      "use it only in functions that have the same.",
      context.label, subject, from.section, describe(to), to.section);
}

}  // namespace

std::vector<std::string> diagnose_section_mismatches(std::string_view log,
                                                     const DiagnosisContext& context) {
  std::vector<Mismatch> mismatches;
  for (const std::string_view line : base::split_lines(log)) {
    auto mismatch = parse_new(line);
    if (!mismatch) mismatch = parse_old(line);
    if (mismatch && std::ranges::find(mismatches, *mismatch) == mismatches.end()) {
      mismatches.push_back(*mismatch);
    }
  }
  std::vector<std::string*> names;
  names.reserve(2 * mismatches.size());
  for (Mismatch& mismatch : mismatches) {
    names.push_back(&mismatch.from.name);
    names.push_back(&mismatch.to.name);
  }
  std::vector<std::string> messages;
  if (const base::Status done = context.demangler.demangle(names); !done) {
    messages.push_back(fmt::format("{}: {}", context.label, done.error()));
  }
  for (const Mismatch& mismatch : mismatches) messages.push_back(explain(mismatch, context));
  return messages;
}

}  // namespace kmod::kbuild
