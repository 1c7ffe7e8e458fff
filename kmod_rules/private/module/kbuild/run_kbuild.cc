// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action Kbuild: has the kernel's own build system make a module, in a directory of its own
// and with an environment that is stated in full, and explains errors and warnings. Silent
// otherwise. `--help` lists the flags.
#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/kbuild/compiler_diagnosis.h"
#include "kmod_rules/private/module/kbuild/export_diagnosis.h"
#include "kmod_rules/private/module/kbuild/kbuild_command.h"
#include "kmod_rules/private/module/kbuild/kbuild_log.h"
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"
#include "kmod_rules/private/module/kbuild/kept_outputs.h"
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"
#include "kmod_rules/private/module/kbuild/module_directory.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"
#include "kmod_rules/private/module/kbuild/objtool_diagnosis.h"
#include "kmod_rules/private/module/kbuild/prefix_maps.h"
#include "kmod_rules/private/module/kbuild/probe_header.h"
#include "kmod_rules/private/module/kbuild/section_mismatch.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::kbuild {
namespace {

using Mode = KbuildRequest::Mode;

base::Result<std::string> real_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  if (error) return std::unexpected(fmt::format("cannot find {}: {}", path, error.message()));
  return real.string();
}

// Whether GCC writes the path of a source as it is given into the object: for KASAN the file of its
// global variables, for UBSAN the places that it checks.
bool compiler_keeps_paths(const KbuildRequest& request) {
  const auto options = base::read_file(
      fmt::format("{}/{}/include/generated/autoconf.h", request.kernel_root, request.kernel_build));
  return options && (options->contains("#define CONFIG_KASAN 1\n") ||
                     options->contains("#define CONFIG_UBSAN 1\n"));
}

// Since Linux 6.13, by the version that the headers have. A tree without that header is none.
bool compiles_in_module(const KbuildRequest& request) {
  constexpr std::string_view kVersion = "#define LINUX_VERSION_CODE ";
  constexpr std::uint32_t kLinux6_13 = 6 << 16 | 13 << 8;
  const auto header = base::read_file(fmt::format("{}/{}/include/generated/uapi/linux/version.h",
                                                  request.kernel_root, request.kernel_build));
  if (!header) return false;
  for (const std::string_view line : base::split_lines(*header)) {
    if (!line.starts_with(kVersion)) continue;
    return base::parse_number<std::uint32_t>(line.substr(kVersion.size())).value_or(0) >=
           kLinux6_13;
  }
  return false;
}

base::Result<KbuildPaths> find_paths(const KbuildRequest& request,
                                     const ModuleDirectory& directory) {
  KbuildPaths paths;
  paths.work = KMOD_TRY(real_path("."));
  paths.kernel_root = KMOD_TRY(real_path(request.kernel_root));
  paths.tools_root = KMOD_TRY(real_path(request.tools_root));
  paths.module_directory = KMOD_TRY(real_path(directory.module()));
  paths.temporary = KMOD_TRY(real_path(directory.temporary()));
  const std::string pahole = paths.kernel_root + "/usr/bin/pahole";
  if (std::filesystem::exists(pahole)) paths.pahole = pahole;
  paths.compiles_in_module = compiles_in_module(request);
  paths.module = !paths.compiles_in_module && compiler_keeps_paths(request)
                     ? kModuleDescriptorPath
                     : paths.module_directory;
  KMOD_TRY(paths.check());
  return paths;
}

// Paths in the log, and the paths of the workspace that a person knows them by.
std::vector<LogReplacement> log_replacements(const KbuildRequest& request, const KbuildPaths& paths,
                                             const ModuleLayout& layout) {
  std::vector<LogReplacement> replacements;
  for (const ModuleLayout::Source& source : layout.sources()) {
    replacements.push_back({fmt::format("{}/{}", paths.module, source.name), source.file});
  }
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    replacements.push_back({fmt::format("{}/{}", paths.module, prebuilt.object), prebuilt.file});
  }
  if (paths.compiles_in_module) {
    const std::string directory = request.directory.empty() ? "" : request.directory + "/";
    for (const ModuleLayout::Source& source : layout.sources()) {
      const bool below = source.name.starts_with(directory);
      replacements.push_back(
          {below ? source.name.substr(directory.size()) : source.name, source.file, true});
    }
  }
  replacements.push_back({paths.module + "/", ""});
  replacements.push_back({paths.kernel_root, ""});
  replacements.push_back({paths.tools_root, ""});
  replacements.push_back({paths.work + "/", ""});
  return replacements;
}

// Adds the symbols of the C sources that kbuild compiled before it failed.
void add_source_symbols(const KbuildPaths& paths, const ModuleLayout& layout,
                        DiagnosisContext& context) {
  for (const ModuleLayout::Source& source : layout.sources()) {
    if (source.object.empty()) continue;
    const auto bytes = base::read_file(fmt::format("{}/{}", paths.module_directory, source.object));
    if (!bytes) continue;
    const auto object = base::ElfObject::parse(*bytes);
    if (!object) continue;
    std::ranges::move(link::find_references(*object, source.file),
                      std::back_inserter(context.references));
    std::ranges::move(link::find_definitions(*object, source.file),
                      std::back_inserter(context.definitions));
  }
}

// Adds the symbols of objects that a vendor has compiled. Those of the C++ are known by library.
void add_prebuilt_symbols(const ModuleLayout& layout, DiagnosisContext& context) {
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    const auto bytes = base::read_file(prebuilt.file);
    const auto object = bytes ? base::ElfObject::parse(*bytes) : std::unexpected(bytes.error());
    if (!object) continue;
    for (link::SymbolDefinition& definition : link::find_definitions(*object, prebuilt.file)) {
      if (std::ranges::find(context.definitions, definition.symbol,
                            &link::SymbolDefinition::symbol) == context.definitions.end()) {
        context.definitions.push_back(std::move(definition));
      }
    }
  }
}

// What an explanation of the failure needs. It goes without what cannot be read, because the
// failure itself matters more.
DiagnosisContext diagnosis_context(const KbuildRequest& request, const KbuildPaths& paths,
                                   const ModuleLayout& layout) {
  DiagnosisContext context{.label = request.label,
                           .gpl_compatible = request.gpl_compatible,
                           .exports = {},
                           .references = {},
                           .definitions = {},
                           .parameters = request.parameters,
                           .own_exports = request.exports,
                           .export_headers = request.export_headers,
                           .demangler = base::Demangler(request.demangler)};
  std::vector<std::string> symvers = request.extra_symvers;
  symvers.push_back(kernel_symvers(request, paths));
  for (const std::string& file : symvers) {
    if (const auto text = base::read_file(file)) (void)context.exports.add(*text, file);
  }
  if (const auto text = base::read_file(request.references); !request.references.empty() && text) {
    if (auto symbols = link::parse_references(*text)) {
      context.references = std::move(symbols->references);
      context.definitions = std::move(symbols->definitions);
    }
  }
  add_source_symbols(paths, layout, context);
  add_prebuilt_symbols(layout, context);
  return context;
}

// What is known about the warnings and errors in a log; a line each.
std::string explain_log(const std::string& log, const KbuildRequest& request,
                        const DiagnosisContext& context) {
  std::string text;
  for (const std::string& message : diagnose_compiler(log, request, context)) {
    text += message + "\n";
  }
  for (const std::string& message : diagnose_objtool(log, context)) text += message + "\n";
  for (const std::string& message : diagnose_exports(log, context)) text += message + "\n";
  for (const std::string& message : diagnose_modpost(log, context)) text += message + "\n";
  for (const std::string& message : diagnose_section_mismatches(log, context)) {
    text += message + "\n";
  }
  return text;
}

// Whether objtool was run over the object, as over an object of a vendor that kbuild compiled.
bool has_unwind_data(const std::string& file) {
  const auto bytes = base::read_file(file);
  const auto object = bytes ? base::ElfObject::parse(*bytes) : std::unexpected(bytes.error());
  return object && std::ranges::find(object->sections(), ".orc_unwind",
                                     &base::ElfObject::Section::name) != object->sections().end();
}

// Returns what objtool printed about the objects that are compiled already.
base::Result<std::string> run_objtool(const KbuildRequest& request, const KbuildPaths& paths,
                                      const ModuleLayout& layout) {
  std::string output;
  if (request.objtool_args.empty()) return output;
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    if (has_unwind_data(prebuilt.file)) continue;
    const auto result =
        base::run_process(objtool_command(request, paths, prebuilt), kbuild_environment(paths));
    if (!result) return std::unexpected(fmt::format("{}: {}", request.label, result.error()));
    output += result->output;
    if (result->succeeded()) continue;
    const std::string log = clean_log(output, log_replacements(request, paths, layout));
    return std::unexpected(
        fmt::format("{}{}: objtool {}:\n{}",
                    explain_log(log, request, diagnosis_context(request, paths, layout)),
                    request.label, result->describe(), log));
  }
  return output;
}

// The kernel's own steps, unless its fetch found none.
base::Result<std::optional<KbuildSteps>> read_steps(const KbuildRequest& request,
                                                    const KbuildPaths& paths) {
  const std::string file = fmt::format("{}/{}", paths.kernel_root, kStepsFile);
  if (request.top_makefile || !std::filesystem::exists(file)) return std::nullopt;
  return KMOD_TRY(parse_steps(KMOD_TRY(base::read_file(file)), paths));
}

base::Result<base::FileDescriptor> open_directory(const std::string& path) {
  base::FileDescriptor directory(open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) {
    return std::unexpected(fmt::format("cannot open {}: {}", path, std::strerror(errno)));
  }
  return directory;
}

// Calls make until a call fails. The result is that of the last call, with the output of all.
base::Result<base::ProcessResult> call_make(const KbuildRequest& request, const KbuildPaths& paths,
                                            const ModuleLayout& layout) {
  const std::optional<KbuildSteps> steps = KMOD_TRY(read_steps(request, paths));
  const base::FileDescriptor module = KMOD_TRY(open_directory(paths.module_directory));
  base::ProcessResult all;
  for (base::Command& command :
       kbuild_commands(request, paths, layout, steps ? &*steps : nullptr)) {
    command.files.push_back(module.get());  // kModuleDescriptorPath
    base::ProcessResult result = KMOD_TRY(base::run_process(command));
    result.output.insert(0, all.output);
    all = std::move(result);
    if (!all.succeeded()) break;
  }
  return all;
}

base::Status run_make(const KbuildRequest& request, const KbuildPaths& paths,
                      const ModuleLayout& layout) {
  const auto checked = run_objtool(request, paths, layout);
  if (!checked) return std::unexpected(checked.error());
  const auto result = call_make(request, paths, layout);
  if (!result) return std::unexpected(fmt::format("{}: {}", request.label, result.error()));
  const std::string log =
      clean_log(*checked + result->output, log_replacements(request, paths, layout));
  if (result->succeeded() && !has_warning(log)) return {};
  const std::string text = explain_log(log, request, diagnosis_context(request, paths, layout));
  if (!result->succeeded()) {
    return std::unexpected(
        fmt::format("{}{}: kbuild {}:\n{}", text, request.label, result->describe(), log));
  }
  if (!request.warnings_as_errors) {
    fmt::print(stderr, "{}{}: kbuild gave warnings:\n{}", text, request.label, log);
    return {};
  }
  return std::unexpected(
      fmt::format("{}{}: kbuild gave warnings, and the feature treat_warnings_as_errors is on:\n{}",
                  text, request.label, log));
}

// A probe that does not compile is an answer. But if not even the first one does, which is empty,
// none of them asked what it was meant to ask.
base::Status run_probes(const KbuildRequest& request, const KbuildPaths& paths,
                        const ModuleLayout& layout) {
  const auto result = call_make(request, paths, layout);
  if (!result) return std::unexpected(fmt::format("{}: {}", request.label, result.error()));
  const std::string log = clean_log(result->output, log_replacements(request, paths, layout));
  std::vector<ProbeAnswer> answers;
  for (const auto& [object, macro] : request.probes) {
    const std::string file =
        fmt::format("{}/{}", paths.module_directory, layout.object_for(object));
    answers.push_back({.macro = macro, .compiles = std::filesystem::exists(file)});
  }
  if (!answers.front().compiles) {
    return std::unexpected(fmt::format(
        "{}: not even an empty file compiles, so the probes cannot be answered. kbuild {}:\n{}",
        request.label, result->describe(), log));
  }
  answers.erase(answers.begin());
  KMOD_TRY(base::write_file(request.output_log, log));
  return base::write_file(request.output_header, probe_header(answers));
}

// The directory that kbuild works in is beside it.
std::string first_output(const KbuildRequest& request) {
  switch (request.mode) {
    case Mode::kModule:
      return request.output_ko;
    case Mode::kProject:
      return fmt::format("{}/{}", request.built_modules.front().directory, request.module);
    case Mode::kProbes:
      return request.output_header;
    case Mode::kObjects:
      break;
  }
  return request.output_objects.front().file;
}

base::Status run(KbuildRequest& request) {
  if (const auto checked = check_kbuild_request(request); !checked) {
    return std::unexpected(fmt::format("run_kbuild: {}", checked.error()));
  }
  const ModuleLayout layout = KMOD_TRY(ModuleLayout::make(request));
  const std::string output = first_output(request);
  const auto with_label = [&](const std::string& error) {
    return std::unexpected(fmt::format("{}: {}", request.label, error));
  };
  const auto directory = ModuleDirectory::create(output + ".kbuild");
  if (!directory) return with_label(directory.error());
  const auto paths = find_paths(request, *directory);
  if (!paths) return with_label(paths.error());
  if (const auto checked = check_exports_before_build(request, *paths); !checked) {
    return with_label(checked.error());
  }
  if (const auto filled = directory->fill(layout); !filled) return with_label(filled.error());
  if (!paths->pahole.empty()) {
    const auto script = base::write_file(
        fmt::format("{}/{}", paths->module_directory, kPaholeScript), pahole_script(*paths));
    if (!script) return with_label(script.error());
  }
  const auto maps = base::write_file(fmt::format("{}/{}", paths->module_directory, kPrefixMapFile),
                                     prefix_map_file(request, *paths, layout));
  if (!maps) return with_label(maps.error());
  if (request.mode == Mode::kProbes) return run_probes(request, *paths, layout);
  KMOD_TRY(run_make(request, *paths, layout));
  switch (request.mode) {
    case Mode::kModule:
      return keep_module(request, *paths, layout);
    case Mode::kProject:
      return keep_project(request, *paths);
    case Mode::kProbes:
    case Mode::kObjects:
      break;
  }
  return keep_objects(request, *paths, layout);
}

}  // namespace
}  // namespace kmod::kbuild

int main(int argc, char** argv) {
  kmod::kbuild::KbuildRequest request;
  const kmod::base::Flags flags = kmod::kbuild::kbuild_flags(request);
  return kmod::base::run_program(flags, argc, argv, [&]() -> kmod::base::Result<int> {
    const kmod::base::Status done = kmod::kbuild::run(request);
    if (done) return 0;
    // Begins with the target's label instead of the program's name, which means nothing to a user.
    fmt::print(stderr, "{}{}", done.error(), done.error().ends_with('\n') ? "" : "\n");
    return 1;
  });
}
