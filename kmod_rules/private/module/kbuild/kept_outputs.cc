// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kept_outputs.h"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/kbuild/built_modules.h"
#include "kmod_rules/private/module/kbuild/constants_header.h"
#include "kmod_rules/private/module/kbuild/duplicate_exports.h"
#include "kmod_rules/private/module/kbuild/relocation_check.h"
#include "kmod_rules/private/module/kbuild/vector_code_check.h"

namespace kmod::kbuild {
namespace {

base::Result<kernel::Symvers> read_symvers(const std::vector<std::string>& files) {
  kernel::Symvers symvers;
  for (const std::string& file : files) {
    KMOD_TRY(symvers.add(KMOD_TRY(base::read_file(file)), file));
  }
  return symvers;
}

// The exports of one of the modules that were built.
struct OwnExports {
  std::string_view module;
  std::string symvers;
};

// `own` has at most one entry, or none before the module is built. Most modules export nothing and
// use no other, so the kernel's long list is not read for them.
base::Status check_exports(const KbuildRequest& request, const KbuildPaths& paths,
                           const std::vector<OwnExports>& own) {
  if (own.empty() && request.extra_symvers.empty()) return {};
  const kernel::Symvers kernel = KMOD_TRY(read_symvers({kernel_symvers(request, paths)}));
  const kernel::Symvers deps = KMOD_TRY(read_symvers(request.extra_symvers));
  if (own.empty()) return check_exports_of_deps(deps, kernel);
  for (const auto& [module, symvers] : own) {
    kernel::Symvers exports;
    KMOD_TRY(exports.add(symvers, "Module.symvers"));
    KMOD_TRY(check_own_exports(module, exports, deps, kernel));
  }
  return {};
}

std::vector<ModulePart> module_parts(const KbuildPaths& paths, const ModuleLayout& layout) {
  std::vector<ModulePart> parts;
  for (const ModuleLayout::Source& source : layout.sources()) {
    if (source.object.empty()) continue;
    parts.push_back({fmt::format("{}/{}", paths.module_directory, source.object), source.file});
  }
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    parts.push_back({fmt::format("{}/{}", paths.module_directory, prebuilt.object), prebuilt.file});
  }
  return parts;
}

// The files that are kept of a module.
struct ModuleOutputs {
  std::string ko;
  std::string stripped;
  std::string symvers;
};

// `parts` are what the .ko `built` is linked from, if known; `symvers` is what it exports.
base::Status keep_one(const KbuildRequest& request, const KbuildPaths& paths,
                      const std::vector<ModulePart>& parts, std::string_view name,
                      const std::string& built, const std::string& symvers,
                      const ModuleOutputs& outputs) {
  KMOD_TRY(check_relocations(request.label, built, parts, request.demangler));
  KMOD_TRY(base::copy_file(built, outputs.ko));
  KMOD_TRY(base::write_file(outputs.symvers, kernel::with_module_name(symvers, name)));
  // Not --strip-all: the module loader needs symbols and relocations.
  const auto strip = base::run_process(
      {paths.tools_root + "/usr/bin/objcopy", "--strip-debug", built, outputs.stripped},
      kbuild_environment(paths));
  if (!strip) return std::unexpected(fmt::format("{}: {}", request.label, strip.error()));
  if (!strip->succeeded() || !strip->output.empty()) {
    return std::unexpected(fmt::format("{}: objcopy --strip-debug {}:\n{}", request.label,
                                       strip->describe(), strip->output));
  }
  return {};
}

}  // namespace

base::Status check_exports_before_build(const KbuildRequest& request, const KbuildPaths& paths) {
  return check_exports(request, paths, {});
}

base::Status keep_module(const KbuildRequest& request, const KbuildPaths& paths,
                         const ModuleLayout& layout) {
  const std::string symvers = KMOD_TRY(base::read_file(paths.module_directory + "/Module.symvers"));
  if (!symvers.empty()) {
    if (const auto checked = check_exports(request, paths, {{request.module, symvers}}); !checked) {
      return std::unexpected(fmt::format("{}: {}", request.label, checked.error()));
    }
  }
  const std::string built = fmt::format("{}/{}.ko", paths.module_directory, request.module);
  KMOD_TRY(check_vector_code(request, paths, layout, built));
  return keep_one(request, paths, module_parts(paths, layout), request.module, built, symvers,
                  {request.output_ko, request.output_stripped, request.output_symvers});
}

base::Status keep_project(const KbuildRequest& request, const KbuildPaths& paths) {
  const std::string directory = kbuild_directory(request, paths);
  const auto built = find_built_modules(request, directory);
  if (!built) return std::unexpected(fmt::format("{}: {}", request.label, built.error()));
  std::vector<OwnExports> exports;
  for (const BuiltModuleFile& module : *built) {
    if (!module.symvers.empty()) exports.push_back({module.name, module.symvers});
  }
  if (!exports.empty()) {
    if (const auto checked = check_exports(request, paths, exports); !checked) {
      return std::unexpected(fmt::format("{}: {}", request.label, checked.error()));
    }
  }
  for (const BuiltModuleFile& module : *built) {
    const std::string output = fmt::format("{}/{}", module.output_directory, module.name);
    KMOD_TRY(keep_one(request, paths, {}, module.name, module.file, module.symvers,
                      {output + ".ko", output + ".stripped.ko", output + ".Module.symvers"}));
  }
  return {};
}

base::Status keep_objects(const KbuildRequest& request, const KbuildPaths& paths,
                          const ModuleLayout& layout) {
  for (const auto& [object, file] : request.output_objects) {
    KMOD_TRY(base::copy_file(
        fmt::format("{}/{}", paths.module_directory, layout.object_for(object)), file));
  }
  if (request.output_constants.empty()) return {};
  const std::string bytes = KMOD_TRY(base::read_file(request.output_objects.front().file));
  const auto object = base::ElfObject::parse(bytes);
  const auto header = object ? constants_header(*object) : std::unexpected(object.error());
  if (!header) return std::unexpected(fmt::format("{}: {}", request.label, header.error()));
  return base::write_file(request.output_constants, *header);
}

}  // namespace kmod::kbuild
