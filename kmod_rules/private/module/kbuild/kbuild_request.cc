// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace kmod::kbuild {
namespace {

using Mode = KbuildRequest::Mode;

bool is_name_part(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

// kbuild compiles every object for a module. Those that are for all modules see the name of their
// library as KBUILD_MODNAME: "clock_shim" for //clock:clock-shim.
std::string library_name(std::string_view label) {
  std::string name(label.substr(label.find_last_of(":/") + 1));  // npos + 1 is 0
  std::ranges::replace_if(name, [](char letter) { return !is_name_part(letter); }, '_');
  return name;
}

// The sources of probes see this name as KBUILD_MODNAME.
constexpr const char* kProbesName = "kmod_probes";

// For messages and debug information of a project.
constexpr const char* kProjectName = "kmod_project";

// What a module needs, and the other modes may not have.
struct ModuleFlag {
  std::string_view name;
  std::string_view value;
  std::string_view help;
  std::string KbuildRequest::* field;
};
constexpr ModuleFlag kModuleFlags[] = {
    {"module", "NAME", "module: its name; objects: the module that they are for",
     &KbuildRequest::module},
    {"output-ko", "FILE", "module: the .ko with debug information", &KbuildRequest::output_ko},
    {"output-stripped", "FILE", "module: the .ko without", &KbuildRequest::output_stripped},
    {"output-symvers", "FILE", "module: its Module.symvers", &KbuildRequest::output_symvers},
};

// Adds what has two texts to a list.
template <class T>
base::FlagSetter append_pair(std::vector<T>& list) {
  return base::pair('=', [&list](std::string left, std::string right) -> base::Status {
    list.push_back({std::move(left), std::move(right)});
    return {};
  });
}

// Unlike in other pairs, the value may be empty, which switches something off.
base::FlagSetter append_variable(std::vector<KbuildRequest::MakeVariable>& variables) {
  return [&variables](const std::string& text) -> base::Status {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return std::unexpected("is not of the form --make-var=NAME=VALUE");
    }
    variables.push_back({text.substr(0, equals), text.substr(equals + 1)});
    return {};
  };
}

}  // namespace

base::Flags kbuild_flags(KbuildRequest& request) {
  using enum base::FlagCount;
  base::Flags flags("run_kbuild",
                    "Build action Kbuild: has the kernel's own build system make a module, or "
                    "objects of C sources, and explains errors and warnings.");
  flags.add({"label", "LABEL", "the target, for messages", kOnce}, base::text(request.label));
  flags.add({"mode", "module|objects|project|probes", "what to make; module by default"},
            base::choice<Mode>(request.mode, {{"module", Mode::kModule},
                                              {"objects", Mode::kObjects},
                                              {"project", Mode::kProject},
                                              {"probes", Mode::kProbes}}));
  flags.add({"kernel-root", "DIR", "the kernel's packages, unpacked", kOnce},
            base::text(request.kernel_root));
  flags.add({"kernel-build", "DIR", "the kernel's build directory, below --kernel-root", kOnce},
            base::text(request.kernel_build));
  flags.add({"kernel-symvers", "FILE",
             "the kernel's Module.symvers; by default that of its build directory"},
            base::text(request.kernel_symvers));
  flags.add({"tools-root", "DIR", "holds usr/bin/make, sh and the compiler", kOnce},
            base::text(request.tools_root));
  flags.add({"cc", "NAME", "the C compiler, a program of --tools-root", kOnce},
            base::text(request.cc));
  flags.add({"make-var", "NAME=VALUE", "a variable for make", kAny},
            append_variable(request.make_variables));
  flags.add(
      {"source", "FILE=NAME", "a C source or header, and its name in kbuild's directory", kAny},
      append_pair(request.sources));
  flags.add({"textual", "FILE=NAME", "a file that sources include, and its name there", kAny},
            append_pair(request.textual));
  flags.add({"path-name", "DIR=NAME",
             "a directory of the action, and its name in debug information and __FILE__", kAny},
            append_pair(request.path_names));
  flags.add({"ccflag", "FLAG", "a flag for the C compiler", kAny}, base::append(request.ccflags));
  flags.add({"asflag", "FLAG", "a flag for the assembler", kAny}, base::append(request.asflags));
  flags.add({"source-flag", "NAME=FLAG", "a flag for the source of that name", kAny},
            append_pair(request.source_flags));
  flags.add({"include", "DIR", "-I of a directory in kbuild's directory", kAny},
            base::append(request.includes));
  flags.add({"work-include", "DIR", "-I of a directory of the action", kAny},
            base::append(request.work_includes));
  flags.add({"quote-include", "DIR", "-iquote of a directory of the action", kAny},
            base::append(request.quote_includes));
  flags.add({"system-include", "DIR", "-isystem of a directory of the action", kAny},
            base::append(request.system_includes));
  flags.add({"warnings-as-errors", "0|1", "whether a warning fails the action; 0 by default"},
            base::choice<bool>(request.warnings_as_errors, {{"0", false}, {"1", true}}));
  flags.add({"top-makefile", "0|1", "whether the kernel's top Makefile runs; 0 by default"},
            base::choice<bool>(request.top_makefile, {{"0", false}, {"1", true}}));
  for (const ModuleFlag& flag : kModuleFlags) {
    flags.add({flag.name, flag.value, flag.help}, base::text(request.*flag.field));
  }
  flags.add({"object", "FILE", "module: an object that is compiled already", kAny},
            base::append(request.objects));
  flags.add({"references", "FILE", "module: what link_objects wrote, for messages"},
            base::text(request.references));
  flags.add({"demangler", "FILE", "module: llvm-cxxfilt, for messages"},
            base::text(request.demangler));
  flags.add(
      {"objtool-arg", "ARG", "module: an argument with which objtool checks the objects", kAny},
      base::append(request.objtool_args));
  flags.add({"extra-symvers", "FILE", "module: Module.symvers of a module that it uses", kAny},
            base::append(request.extra_symvers));
  flags.add({"gpl-compatible", "0|1", "module: whether its license is"},
            base::choice<std::optional<bool>>(request.gpl_compatible, {{"0", false}, {"1", true}}));
  flags.add({"parameter", "NAME=TYPE", "module: a parameter that it declares", kAny},
            append_pair(request.parameters));
  flags.add({"export", "SYMBOL", "module: what an attribute exports, for messages", kAny},
            base::append(request.exports));
  flags.add({"export-header", "FILE", "module: a header that declares exports, for messages", kAny},
            base::append(request.export_headers));
  flags.add({"output-object", "NAME=FILE",
             "objects: an object in kbuild's directory, and the file to copy it to", kAny},
            append_pair(request.output_objects));
  flags.add({"output-constants", "FILE", "objects: a header with the constants of the first one"},
            base::text(request.output_constants));
  flags.add({"directory", "DIR", "project: where its first Makefile is, in kbuild's directory"},
            base::text(request.directory));
  flags.add(
      {"built", "NAME=DIR", "project: a module, and the directory for what is kept of it", kAny},
      append_pair(request.built_modules));
  flags.add({"uses", "NAME=NAME", "project: a module, and another one whose symbols it uses", kAny},
            append_pair(request.module_uses));
  flags.add(
      {"probe", "NAME=MACRO",
       "probes: an object in kbuild's directory, and the macro to define if it compiles", kAny},
      append_pair(request.probes));
  flags.add({"output-header", "FILE", "probes: the header with the macros"},
            base::text(request.output_header));
  flags.add({"output-log", "FILE", "probes: what the compiler said"},
            base::text(request.output_log));
  return flags;
}

base::Status check_kbuild_request(KbuildRequest& request) {
  const bool is_module = request.mode == Mode::kModule;
  const std::string_view mode = request.mode == Mode::kProject  ? "project"
                                : request.mode == Mode::kProbes ? "probes"
                                                                : "objects";
  for (const ModuleFlag& flag : kModuleFlags) {
    const bool given = !(request.*flag.field).empty();
    if (is_module && !given) return std::unexpected(fmt::format("--{} is missing", flag.name));
    const bool names_objects =
        request.mode == Mode::kObjects && flag.field == &KbuildRequest::module;
    if (!is_module && given && !names_objects) {
      return std::unexpected(fmt::format(
          "--{} has no meaning with --mode={}, which does not make a module", flag.name, mode));
    }
  }
  if (request.mode != Mode::kObjects && !request.output_objects.empty()) {
    return std::unexpected(
        fmt::format("--output-object has no meaning with --mode={}, which does not keep objects",
                    is_module ? "module" : mode));
  }
  if (is_module) return {};
  if (!request.objects.empty()) {
    return std::unexpected(
        fmt::format("--object has no meaning with --mode={}, which only compiles", mode));
  }
  if (request.mode == Mode::kProject) {
    if (request.built_modules.empty()) {
      return std::unexpected("--built is missing: --mode=project would keep nothing");
    }
    request.module = kProjectName;
    return {};
  }
  if (request.mode == Mode::kProbes) {
    if (request.probes.empty()) {
      return std::unexpected("--probe is missing: --mode=probes would ask nothing");
    }
    if (request.output_header.empty()) return std::unexpected("--output-header is missing");
    if (request.output_log.empty()) return std::unexpected("--output-log is missing");
    request.module = kProbesName;
    return {};
  }
  if (request.output_objects.empty()) {
    return std::unexpected("--output-object is missing: --mode=objects would build nothing");
  }
  if (request.module.empty()) request.module = library_name(request.label);
  return {};
}

}  // namespace kmod::kbuild
