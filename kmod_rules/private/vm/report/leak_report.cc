// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/leak_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "kmod_rules/private/vm/report/crash_report.h"
#include "kmod_rules/private/vm/wire/leak.h"

namespace kmod::vm {
namespace {

// The chain of functions at a return address: the call is the instruction before it.
InlineChain find_call(const ModuleAddress& place, const Symbolizer& symbolizer,
                      std::vector<std::string>& problems) {
  if (place.module.empty() || place.offset == 0) return {};
  auto chains = symbolizer.look_up(place.module, {{place.section, place.offset - 1}}, problems);
  if (chains) return std::move(chains->front());
  if (std::ranges::find(problems, chains.error()) == problems.end()) {
    problems.push_back(chains.error());
  }
  return {};
}

}  // namespace

std::string format_leak_report(const std::vector<LeakMessage>& leaks,
                               const Symbolizer& symbolizer) {
  if (leaks.empty()) return "";
  std::string text = "left behind:\n";
  std::vector<std::string> problems;
  for (const LeakMessage& leak : leaks) {
    SymbolizedStack stack{"  " + leak.what, {}};
    for (const ModuleAddress& place : leak.stack) {
      InlineChain chain = find_call(place, symbolizer, problems);
      if (chain.empty()) chain.push_back({describe(place), "", 0});
      stack.frames.push_back({StackFrame{.module = place.module}, std::move(chain)});
    }
    text += format_stack(stack);
  }
  for (const std::string& problem : problems) text += fmt::format("  ({})\n", problem);
  return text;
}

}  // namespace kmod::vm
