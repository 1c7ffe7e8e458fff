// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KmodLink: links the C++ objects of a module into one and refuses what cannot work in
// a kernel, naming the library at fault.
//
//   link_objects --ld=<ld.lld> --label=<label of the module> --kernel-symvers=<Module.symvers>
//                --output=<object> --references=<text file> [--entry=<symbol>]...
//                { --library=<label> <input>... }...
//   <input>:     --object=<file>         linked if something references it
//                --archive=<file>        each member likewise
//                --whole-object=<file>   always linked
//                --whole-archive=<file>  likewise
//
// `@file` stands for the lines of that file.
#include <algorithm>
#include <cstdio>
#include <expected>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/link/link_command.h"
#include "kmod_rules/private/module/link/link_request.h"
#include "kmod_rules/private/module/link/linked_object.h"
#include "kmod_rules/private/module/link/object_checks.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::link {
namespace {

using Done = std::expected<void, std::string>;

// Runs the linker; what it returns is its trace.
std::expected<std::string, std::string> link(const LinkRequest& request) {
  const std::string script = request.output + ".lds";
  const std::string response = request.output + ".rsp";
  if (auto done = base::write_file(script, kLinkerScript); !done)
    return std::unexpected(done.error());
  if (auto done = base::write_file(response, response_file(link_arguments(request, script)));
      !done) {
    return std::unexpected(done.error());
  }
  auto result = base::run_process({request.ld, "@" + response}, {"LC_ALL=C"});
  std::remove(script.c_str());
  std::remove(response.c_str());
  if (!result) return std::unexpected(request.label + ": " + result.error());
  if (!result->succeeded()) {
    return std::unexpected(request.label + ": the linker " + result->describe() + ":\n" +
                           without_trace(request, result->output));
  }
  return std::move(result->output);
}

Done check_and_report(const LinkRequest& request, const std::string& trace) {
  const auto bytes = base::read_file(request.output);
  if (!bytes) return std::unexpected(bytes.error());
  const auto result = base::ElfObject::parse(*bytes);
  if (!result) return std::unexpected(request.output + " " + result.error());
  const auto linked = read_linked_objects(request, trace);
  if (!linked) return std::unexpected(linked.error());

  kernel::Symvers exports;
  const auto symvers = base::read_file(request.kernel_symvers);
  if (!symvers) return std::unexpected(symvers.error());
  if (auto done = exports.add(*symvers, request.kernel_symvers); !done) return done;

  std::string faults;
  auto found = check_objects(request.label, *result, *linked, exports);
  std::ranges::move(check_entries(request.label, *result, request.entries),
                    std::back_inserter(found));
  for (const std::string& fault : found) {
    faults += faults.empty() ? fault : "\n" + fault;
  }
  if (!faults.empty()) return std::unexpected(faults);
  return base::write_file(request.references,
                          format_references(references_of_result(*result, *linked)));
}

Done run(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return std::unexpected("link_objects: " + arguments.error());
  const auto request = parse_link_request(*arguments);
  if (!request) return std::unexpected("link_objects: " + request.error());
  const auto trace = link(*request);
  if (!trace) return std::unexpected(trace.error());
  Done done = check_and_report(*request, *trace);
  // An object that was refused must not be there to be used.
  if (!done) std::remove(request->output.c_str());
  return done;
}

}  // namespace
}  // namespace kmod::link

int main(int argc, char** argv) {
  const auto done = kmod::link::run({argv + 1, argv + argc});
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().c_str());
  return 1;
}
