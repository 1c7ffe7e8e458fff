// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/relocation_check.h"

#include <fmt/format.h>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/link/refused_relocation.h"

namespace kmod::kbuild {
namespace {

base::Result<std::vector<link::RefusedRelocation>> refused_in(const std::string& file) {
  const std::string bytes = KMOD_TRY(base::read_file(file));
  const auto object = base::ElfObject::parse(bytes);
  if (!object) return std::unexpected(fmt::format("{} {}", file, object.error()));
  return link::find_refused_relocations(*object);
}

}  // namespace

base::Status check_relocations(const std::string& label, const std::string& module,
                               const std::vector<ModulePart>& parts, const std::string& demangler) {
  auto refused = KMOD_TRY(refused_in(module));
  if (refused.empty()) return {};
  std::vector<std::string> messages;
  const auto explain = [&](const std::string& source, link::RefusedRelocation& relocation) {
    // A name that cannot be demangled is still better than no message.
    (void)base::Demangler(demangler).demangle({&relocation.referrer});
    messages.push_back(fmt::format("{}: {} used by {}{}{}. {}", label, relocation.kind->what,
                                   source, relocation.referrer.empty() ? "" : " in ",
                                   relocation.referrer, relocation.kind->advice));
  };
  for (const auto& [object, source] : parts) {
    auto found = KMOD_TRY(refused_in(object));
    for (link::RefusedRelocation& relocation : found) explain(source, relocation);
  }
  if (messages.empty()) explain("the module", refused.front());
  return std::unexpected(fmt::format("{}", fmt::join(messages, "\n")));
}

}  // namespace kmod::kbuild
