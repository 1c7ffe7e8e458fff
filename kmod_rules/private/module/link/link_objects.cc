// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KmodLink: links the C++ objects of a module into one object and refuses what cannot
// work in a kernel, naming the library at fault. `--help` lists the flags.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/link/dead_debug_info.h"
#include "kmod_rules/private/module/link/declaring_objects.h"
#include "kmod_rules/private/module/link/kernel_calls.h"
#include "kmod_rules/private/module/link/link_command.h"
#include "kmod_rules/private/module/link/link_request.h"
#include "kmod_rules/private/module/link/linked_object.h"
#include "kmod_rules/private/module/link/linker_diagnosis.h"
#include "kmod_rules/private/module/link/object_checks.h"
#include "kmod_rules/private/module/link/section_collection.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::link {
namespace {

// Runs the linker with a script, whose path and then whose arguments the caller names. Returns what
// it printed.
base::Result<std::string> run_linker(const LinkRequest& request, std::string_view script,
                                     const std::string& script_path,
                                     const std::vector<std::string>& arguments) {
  const std::string response = request.output + ".rsp";
  KMOD_TRY(base::write_file(script_path, std::string(script)));
  KMOD_TRY(base::write_file(response, response_file(arguments)));
  auto result = base::run_process({request.ld, "@" + response}, {"LC_ALL=C"});
  (void)base::remove_file(script_path);
  (void)base::remove_file(response);
  if (!result) return std::unexpected(fmt::format("{}: {}", request.label, result.error()));
  if (!result->succeeded()) {
    const std::string log = without_trace(request, result->output);
    std::string text;
    for (const std::string& message : diagnose_linker(request, log)) text += message + "\n";
    return std::unexpected(
        fmt::format("{}{}: the linker {}:\n{}", text, request.label, result->describe(), log));
  }
  return std::move(result->output);
}

base::Result<std::string> link_all(const LinkRequest& request) {
  const std::string script = request.output + ".lds";
  return run_linker(request, kLinkerScript, script, link_arguments(request, script));
}

// Links, and returns the linker's trace.
base::Result<std::string> link(const LinkRequest& request) {
  if (!has_collected(request)) return link_all(request);
  const std::string object = request.output + ".collected.o";
  const std::string script = request.output + ".lds";
  const std::vector<std::string> roots = KMOD_TRY(collection_roots(request));
  const std::string collected = KMOD_TRY(run_linker(
      request, kCollectionScript, script, collection_arguments(request, roots, script, object)));
  std::string bytes = KMOD_TRY(base::read_file(object));
  KMOD_TRY(mark_dead_debug_info(bytes));
  KMOD_TRY(base::write_file(object, bytes));
  const auto linked = link_all(with_collected_object(request, object));
  (void)base::remove_file(object);
  if (linked) return collected + *linked;
  // With the libraries themselves, the linker names those that are at fault.
  const auto whole = link_all(request);
  return whole ? linked : whole;
}

base::Status write_kernel_calls(const LinkRequest& request, const base::ElfObject& result) {
  if (request.kernel_calls.empty()) return {};
  const std::string table = KMOD_TRY(base::read_file(request.kernel_calls));
  const auto source = kernel_calls_source(undefined_symbols(result), table);
  if (!source) return std::unexpected(fmt::format("{}: {}", request.label, source.error()));
  return base::write_file(request.kernel_calls_source, *source);
}

base::Status check_result(const LinkRequest& request, const std::string& trace) {
  const std::string bytes = KMOD_TRY(base::read_file(request.output));
  const auto result = base::ElfObject::parse(bytes);
  if (!result) return std::unexpected(fmt::format("{} {}", request.output, result.error()));
  const std::vector<LinkedObject> linked = KMOD_TRY(read_linked_objects(request, trace));
  kernel::Symvers exports;
  const std::string symvers = KMOD_TRY(base::read_file(request.kernel_symvers));
  KMOD_TRY(exports.add(symvers, request.kernel_symvers));

  const base::Demangler demangler(request.demangler);
  auto messages = check_objects(request.label, *result, linked, exports, demangler);
  std::ranges::move(check_entries(request.label, *result, request.entries, demangler),
                    std::back_inserter(messages));
  if (!messages.empty()) return std::unexpected(fmt::format("{}", fmt::join(messages, "\n")));
  KMOD_TRY(write_kernel_calls(request, *result));
  return base::write_file(request.references,
                          format_references(references_of_result(*result, linked)) +
                              format_definitions(definitions_of_result(*result, linked)));
}

base::Status link_and_check(const LinkRequest& request) {
  KMOD_TRY(check_link_request(request));
  const std::string trace = KMOD_TRY(link(request));
  base::Status checked = check_result(request, trace);
  // Nothing may use an object that was refused.
  if (!checked) (void)base::remove_file(request.output);
  return checked;
}

base::Status run(LinkRequest& request) {
  const std::string members = request.output + ".members";
  base::Status done = keep_declaring_objects(request, members);
  if (done) {
    done = link_and_check(request);
  } else {
    done = std::unexpected(fmt::format("{}: {}", request.label, done.error()));
  }
  std::error_code ignored;
  std::filesystem::remove_all(members, ignored);
  return done;
}

}  // namespace
}  // namespace kmod::link

int main(int argc, char** argv) {
  kmod::link::LinkRequest request;
  const kmod::base::Flags flags = kmod::link::link_flags(request);
  return kmod::base::run_program(flags, argc, argv, [&]() -> kmod::base::Result<int> {
    const kmod::base::Status done = kmod::link::run(request);
    if (done) return 0;
    // The message begins with the module's label, which a user knows; the name of this program says
    // nothing to them.
    fmt::print(stderr, "{}\n", done.error());
    return 1;
  });
}
