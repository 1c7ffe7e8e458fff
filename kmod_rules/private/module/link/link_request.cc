// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/link_request.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace kmod::link {
namespace {

using InputKind = LinkRequest::InputKind;

struct InputFlag {
  std::string_view name;
  InputKind kind;
  std::string_view help;
};
constexpr InputFlag kInputFlags[] = {
    {"object", InputKind::kObject, "an object, linked if something references it"},
    {"whole-object", InputKind::kWholeObject, "an object, always linked"},
    {"archive", InputKind::kArchive, "a static library; members that are referenced are linked"},
    {"whole-archive", InputKind::kWholeArchive, "a static library; every member is linked"},
};

base::FlagSetter add_library(LinkRequest& request, bool collected) {
  return [&request, collected](const std::string& label) -> base::Status {
    request.libraries.push_back({.label = label, .inputs = {}, .collected = collected});
    return {};
  };
}

base::FlagSetter add_input(LinkRequest& request, InputKind kind) {
  return [&request, kind](const std::string& path) -> base::Status {
    if (request.libraries.empty()) {
      return std::unexpected("comes before the first --library, so it belongs to no library");
    }
    request.libraries.back().inputs.push_back({.kind = kind, .path = path});
    return {};
  };
}

bool links_anything(const LinkRequest& request) {
  if (!request.entries.empty() || !request.exports.empty()) return true;
  return std::ranges::any_of(request.libraries, [](const LinkRequest::Library& library) {
    return std::ranges::any_of(library.inputs, [](const LinkRequest::Input& input) {
      return input.kind == InputKind::kWholeObject || input.kind == InputKind::kWholeArchive;
    });
  });
}

}  // namespace

base::Flags link_flags(LinkRequest& request) {
  using enum base::FlagCount;
  base::Flags flags("link_objects",
                    "Build action KmodLink: links the C++ objects of a module into one object and "
                    "refuses what cannot work in a kernel.");
  flags.add({"ld", "FILE", "ld.lld", kOnce}, base::text(request.ld));
  flags.add({"demangler", "FILE", "llvm-cxxfilt, for messages"}, base::text(request.demangler));
  flags.add({"label", "LABEL", "the module's target, for messages", kOnce},
            base::text(request.label));
  flags.add({"kernel-symvers", "FILE", "the kernel's Module.symvers", kOnce},
            base::text(request.kernel_symvers));
  flags.add({"output", "FILE", "the linked object", kOnce}, base::text(request.output));
  flags.add(
      {"references", "FILE",
       "gets which library references which undefined symbol, and defines which symbol", kOnce},
      base::text(request.references));
  flags.add({"kernel-calls", "FILE", "the C functions for the kernel's static inline functions"},
            base::text(request.kernel_calls));
  flags.add({"kernel-calls-source", "FILE", "gets those that the libraries call"},
            base::text(request.kernel_calls_source));
  flags.add({"entry", "SYMBOL", "a function that a library must define", kAny},
            base::append(request.entries));
  flags.add({"export", "SYMBOL", "a symbol for other modules, which a library can define", kAny},
            base::append(request.exports));
  flags.add({"library", "LABEL", "the library that the inputs after it belong to", kAny},
            add_library(request, false));
  flags.add({"collected-library", "LABEL",
             "the same, for a library of which only referenced sections are linked", kAny},
            add_library(request, true));
  for (const InputFlag& flag : kInputFlags) {
    flags.add({flag.name, "FILE", flag.help, kAny}, add_input(request, flag.kind));
  }
  return flags;
}

base::Status check_link_request(const LinkRequest& request) {
  if (links_anything(request)) return {};
  return std::unexpected(fmt::format(
      "{}: there is nothing to link: the libraries in deps have no sources of their own, and "
      "nothing calls the libraries that they depend on. Name a library with sources in deps",
      request.label));
}

}  // namespace kmod::link
