// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/vector_code_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/module/kbuild/kbuild_command.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::kbuild {
namespace {

// kernel_fpu_begin() itself is inline since Linux 5.11 and calls kernel_fpu_begin_mask().
base::Result<bool> saves_vector_registers(const std::string& module) {
  const std::string bytes = KMOD_TRY(base::read_file(module));
  const auto object = base::ElfObject::parse(bytes);
  if (!object) return std::unexpected(fmt::format("{} {}", module, object.error()));
  return std::ranges::any_of(link::undefined_symbols(*object), [](const std::string& symbol) {
    return symbol.contains("fpu_begin");
  });
}

base::Result<std::string> disassemble(const std::string& label, const KbuildPaths& paths,
                                      const std::string& object) {
  const auto result =
      base::run_process({paths.tools_root + "/usr/bin/objdump", "-d", "--no-show-raw-insn", object},
                        kbuild_environment(paths));
  if (!result) return std::unexpected(fmt::format("{}: {}", label, result.error()));
  if (!result->succeeded()) {
    return std::unexpected(
        fmt::format("{}: objdump -d {}:\n{}", label, result->describe(), result->output));
  }
  return result->output;
}

// "_Z1fv" of "0000000000000010 <_Z1fv>:"; empty if the line is none of a function's name.
std::string_view function_of(std::string_view line) {
  if (line.empty() || line.front() == ' ' || !line.ends_with(">:")) return {};
  const std::size_t open = line.find(" <");
  if (open == std::string_view::npos) return {};
  return line.substr(open + 2, line.size() - open - 4);
}

// "ymm0" of "   4:	vmovdqa (%rsi),%ymm0"; empty if the instruction uses none.
std::string_view vector_register_of(std::string_view instruction) {
  for (std::size_t at = instruction.find('%'); at != std::string_view::npos;
       at = instruction.find('%', at + 1)) {
    const std::string_view name = instruction.substr(at + 1);
    for (const std::string_view kind : {"xmm", "ymm", "zmm", "mm", "st"}) {
      if (!name.starts_with(kind)) continue;
      return name.substr(0, name.find_first_not_of("0123456789", kind.size()));
    }
  }
  return {};
}

}  // namespace

std::vector<VectorUse> find_vector_uses(std::string_view disassembly) {
  std::vector<VectorUse> uses;
  std::string_view function;
  for (const std::string_view line : base::split_lines(disassembly)) {
    if (const std::string_view name = function_of(line); !name.empty()) {
      function = name;
      continue;
    }
    if (!uses.empty() && uses.back().function == function) continue;
    const std::string_view reg = vector_register_of(line);
    if (!reg.empty()) uses.push_back({std::string(function), std::string(reg)});
  }
  return uses;
}

base::Status check_vector_code(const KbuildRequest& request, const KbuildPaths& paths,
                               const ModuleLayout& layout, const std::string& module) {
  if (request.references.empty()) return {};
  std::vector<VectorUse> uses;
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    std::ranges::move(find_vector_uses(KMOD_TRY(disassemble(request.label, paths, prebuilt.file))),
                      std::back_inserter(uses));
  }
  if (uses.empty() || KMOD_TRY(saves_vector_registers(module))) return {};
  const auto symbols =
      KMOD_TRY(link::parse_references(KMOD_TRY(base::read_file(request.references))));
  std::set<std::string> libraries;
  std::vector<std::string> messages;
  for (VectorUse& use : uses) {
    std::string library = link::describe_definitions(symbols.definitions, use.function);
    // An object that a vendor compiled is as it is for kbuild.
    if (library.empty() || !libraries.insert(library).second) continue;
    std::string function = base::describe_referrer(use.function, true);
    // A name that cannot be demangled is still better than no message.
    (void)base::Demangler(request.demangler).demangle({&function});
    messages.push_back(fmt::format(
        "{}: {} of {} uses the register {}, which belongs to the user's program: the kernel does "
        "not "
        "save it, and nothing in this module asks it to. Call such code between kernel_fpu_begin() "
        "and kernel_fpu_end() of <asm/fpu/api.h>, or leave this variant out of the kernel's build.",
        request.label, function, library, use.reg));
  }
  if (messages.empty()) return {};
  return std::unexpected(fmt::format("{}", fmt::join(messages, "\n")));
}

}  // namespace kmod::kbuild
