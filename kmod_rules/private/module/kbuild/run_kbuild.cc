// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action Kbuild: has the kernel's own build system make a module, in a directory of its own
// and an environment that is stated in full, and explains what goes wrong.
//
//   run_kbuild --label=<label> [--mode=module|objects]
//              --kernel-root=<directory> --kernel-build=<directory in it>
//              --tools-root=<directory> --cc=<program> [--make-var=NAME=VALUE]...
//              [--source=<file>=<name>]... [--ccflag=<flag>]...
//   module:    --module=<name> [--object=<object>]... [--references=<file>] [--gpl-compatible=0|1]
//              [--extra-symvers=<file>]...
//              --output-ko=<file> --output-stripped=<file> --output-symvers=<file>
//   objects:   --output-object=<name>=<file>...
//
// Silent on success. Warnings count as errors. `@file` stands for the lines of that file.
#include <cstdio>
#include <expected>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/kbuild/kbuild_command.h"
#include "kmod_rules/private/module/kbuild/kbuild_log.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"
#include "kmod_rules/private/module/kbuild/module_directory.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::kbuild {
namespace {

using Done = std::expected<void, std::string>;

std::expected<std::string, std::string> real_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  if (error) return std::unexpected("cannot find " + path + ": " + error.message());
  return real.string();
}

std::expected<KbuildPaths, std::string> find_paths(const KbuildRequest& request,
                                                   const ModuleDirectory& directory) {
  KbuildPaths paths;
  const std::pair<std::string, std::string*> wanted[] = {
      {".", &paths.work},
      {request.kernel_root, &paths.kernel_root},
      {request.tools_root, &paths.tools_root},
      {directory.module(), &paths.module},
      {directory.temporary(), &paths.temporary},
  };
  for (const auto& [path, where] : wanted) {
    auto real = real_path(path);
    if (!real) return std::unexpected(real.error());
    *where = std::move(*real);
  }
  if (auto done = paths.check(); !done) return std::unexpected(done.error());
  return paths;
}

// What stands in the log, and what a person knows it as.
std::vector<base::Pair> log_replacements(const KbuildPaths& paths, const ModuleLayout& plan) {
  std::vector<base::Pair> pairs;
  for (const ModuleLayout::Source& source : plan.sources()) {
    pairs.push_back({paths.module + "/" + source.name, source.file});
  }
  for (const ModuleLayout::Prebuilt& prebuilt : plan.prebuilt()) {
    pairs.push_back({paths.module + "/" + prebuilt.object, prebuilt.file});
  }
  pairs.push_back({paths.module + "/", ""});
  pairs.push_back({paths.kernel_root, ""});
  pairs.push_back({paths.tools_root, ""});
  pairs.push_back({paths.work + "/", ""});
  return pairs;
}

// Everything that an explanation of a failure needs. A part that cannot be read is left out: the
// failure itself matters more.
DiagnosisContext diagnosis_context(const KbuildRequest& request, const KbuildPaths& paths,
                                   const ModuleLayout& plan) {
  DiagnosisContext context{.label = request.label,
                           .gpl_compatible = request.gpl_compatible,
                           .exports = {},
                           .references = {},
                           .parameters = request.parameters};
  std::vector<std::string> symvers = request.extra_symvers;
  symvers.push_back(paths.kernel_root + "/" + request.kernel_build + "/Module.symvers");
  for (const std::string& file : symvers) {
    if (const auto text = base::read_file(file)) (void)context.exports.add(*text, file);
  }
  if (!request.references.empty()) {
    const auto text = base::read_file(request.references);
    if (text)
      context.references =
          link::parse_references(*text).value_or(std::vector<link::SymbolReference>());
  }
  for (const ModuleLayout::Source& source : plan.sources()) {
    if (source.object.empty()) continue;
    const auto bytes = base::read_file(paths.module + "/" + source.object);
    if (!bytes) continue;
    const auto object = base::ElfObject::parse(*bytes);
    if (!object) continue;
    const auto references = link::find_references(*object, source.file);
    context.references.insert(context.references.end(), references.begin(), references.end());
  }
  return context;
}

Done run_make(const KbuildRequest& request, const KbuildPaths& paths, const ModuleLayout& plan) {
  const auto result =
      base::run_process(kbuild_command(request, paths, plan), kbuild_environment(paths));
  if (!result) return std::unexpected(request.label + ": " + result.error());
  const std::string log = clean_log(result->output, log_replacements(paths, plan));
  if (result->succeeded() && !has_warning(log)) return {};
  std::string text;
  for (const std::string& message :
       diagnose_modpost(log, diagnosis_context(request, paths, plan))) {
    text += message + "\n";
  }
  if (!result->succeeded()) {
    text += request.label + ": kbuild " + result->describe() + ":\n";
  } else if (text.empty()) {
    text = request.label + ": kbuild gave warnings, which count as errors:\n";
  }
  return std::unexpected(text + log);
}

Done keep_module(const KbuildRequest& request, const KbuildPaths& paths) {
  const std::string built = paths.module + "/" + request.module + ".ko";
  if (auto done = base::copy_file(built, request.output_ko); !done) return done;
  const auto symvers = base::read_file(paths.module + "/Module.symvers");
  if (!symvers) return std::unexpected(symvers.error());
  if (auto done = base::write_file(request.output_symvers,
                                   kernel::with_module_name(*symvers, request.module));
      !done) {
    return done;
  }
  // Not --strip-all: the loader needs symbols and relocations.
  const auto strip = base::run_process(
      {paths.tools_root + "/usr/bin/objcopy", "--strip-debug", built, request.output_stripped},
      kbuild_environment(paths));
  if (!strip) return std::unexpected(request.label + ": " + strip.error());
  if (!strip->succeeded() || !strip->output.empty()) {
    return std::unexpected(request.label + ": objcopy --strip-debug " + strip->describe() + ":\n" +
                           strip->output);
  }
  return {};
}

Done keep_objects(const KbuildRequest& request, const KbuildPaths& paths,
                  const ModuleLayout& plan) {
  for (const auto& [object, file] : request.output_objects) {
    if (auto done = base::copy_file(paths.module + "/" + plan.object_for(object), file); !done) {
      return done;
    }
  }
  return {};
}

Done run(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return std::unexpected("run_kbuild: " + arguments.error());
  const auto request = parse_kbuild_request(*arguments);
  if (!request) return std::unexpected("run_kbuild: " + request.error());
  const auto plan = ModuleLayout::make(*request);
  if (!plan) return std::unexpected(plan.error());

  const bool is_module = request->mode == KbuildRequest::Mode::kModule;
  const std::string& output =
      is_module ? request->output_ko : request->output_objects.front().right;
  const auto directory = ModuleDirectory::create(output + ".kbuild");
  if (!directory) return std::unexpected(request->label + ": " + directory.error());
  const auto paths = find_paths(*request, *directory);
  if (!paths) return std::unexpected(request->label + ": " + paths.error());
  if (auto done = directory->fill(*plan); !done) {
    return std::unexpected(request->label + ": " + done.error());
  }
  if (auto done = run_make(*request, *paths, *plan); !done) return done;
  return is_module ? keep_module(*request, *paths) : keep_objects(*request, *paths, *plan);
}

}  // namespace
}  // namespace kmod::kbuild

int main(int argc, char** argv) {
  const auto done = kmod::kbuild::run({argv + 1, argv + argc});
  if (done) return 0;
  const std::string& text = done.error();
  std::fprintf(stderr, "%s%s", text.c_str(), text.ends_with('\n') ? "" : "\n");
  return 1;
}
