// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/rust/rustc_diagnosis.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::rust {
namespace {

// How rustc begins to say that there is no such crate; its name and a backquote follow.
constexpr std::string_view kMissingCrate[] = {
    "can't find crate for `",
    "use of undeclared crate or module `",
    "use of unresolved module or unlinked crate `",
};

std::string explain_missing(const Crate& crate, std::string_view name) {
  if (name == "std" || name == "test" || name == "proc_macro") {
    return fmt::format(
        "{}: the crate uses {}, and a kernel has no operating system below it. Write #![no_std] at "
        "the "
        "top of {}, and use core and, with alloc = True, alloc.",
        crate.label, name, crate.root);
  }
  if (name == "alloc") {
    return fmt::format("{}: the crate uses alloc. Set alloc = True.", crate.label);
  }
  return fmt::format(
      "{}: the crate uses {}, which is neither one of its modules nor a crate in deps. Add the "
      "kernel_rust_library with crate_name = \"{}\" to deps, or write mod {};",
      crate.label, name, name, name);
}

std::string explain_unlisted(const Crate& crate, std::string_view module) {
  return fmt::format(
      "{}: rustc does not find the file of the module {}. Add {}.rs, or {}/mod.rs, to srcs.",
      crate.label, module, module, module);
}

}  // namespace

std::vector<std::string> diagnose_rustc(const Crate& crate, std::string_view log) {
  std::vector<std::string> messages;
  const auto add = [&](std::string message) {
    if (std::ranges::find(messages, message) == messages.end()) {
      messages.push_back(std::move(message));
    }
  };
  for (const std::string_view line : base::split_lines(log)) {
    if (!line.starts_with("error")) continue;
    for (const std::string_view words : kMissingCrate) {
      if (const auto name = base::between(line, words, "`")) add(explain_missing(crate, *name));
    }
    if (const auto module = base::between(line, "file not found for module `", "`")) {
      add(explain_unlisted(crate, *module));
    }
  }
  return messages;
}

}  // namespace kmod::rust
