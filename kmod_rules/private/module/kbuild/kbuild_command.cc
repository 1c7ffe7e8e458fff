// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "kmod_rules/private/module/kbuild/prefix_maps.h"

namespace kmod::kbuild {

base::Status KbuildPaths::check() const {
  // Commas separate the arguments of functions of make, and options such as -Wp,-MMD.
  constexpr std::string_view kBad = " \t\n:=#$%'\"\\;&|()<>*?[]`,";
  for (const std::string* path : {&work, &kernel_root, &tools_root}) {
    const std::size_t bad = path->find_first_of(kBad);
    if (bad == std::string::npos) continue;
    return std::unexpected(fmt::format(
        "kbuild cannot work in {}, because of the '{}'. Move Bazel's output base to a path "
        "without it, with --output_user_root or --output_base",
        *path, (*path)[bad]));
  }
  // Below `work`, Bazel names directories after packages and targets.
  if (const std::size_t bad = module.find_first_of(kBad); bad != std::string::npos) {
    return std::unexpected(fmt::format(
        "kbuild cannot work in a package or for a target whose name has a '{}'. Rename the "
        "directory of the package, or the target",
        module[bad]));
  }
  return {};
}

std::string pahole_script(const KbuildPaths& paths) {
  return fmt::format("exec {} \"$@\" --lang_exclude=rust,c++,c++03,c++11,c++14\n", paths.pahole);
}

std::string kbuild_directory(const KbuildRequest& request, const KbuildPaths& paths) {
  return request.directory.empty() ? paths.module : paths.module + "/" + request.directory;
}

std::vector<std::string> kbuild_environment(const KbuildPaths& paths) {
  return {
      "PATH=" + paths.tools_root + "/usr/bin",
      "HOME=" + paths.temporary,
      "TMPDIR=" + paths.temporary,
      "LC_ALL=C",
      "TZ=UTC",
      "SOURCE_DATE_EPOCH=0",
      "KBUILD_BUILD_TIMESTAMP=1970-01-01",
      "KBUILD_BUILD_USER=rules_kmod",
      "KBUILD_BUILD_HOST=rules_kmod",
  };
}

std::vector<std::string> objtool_command(const KbuildRequest& request, const KbuildPaths& paths,
                                         const ModuleLayout::Prebuilt& prebuilt) {
  std::vector<std::string> command = {
      fmt::format("{}/{}/tools/objtool/objtool", paths.kernel_root, request.kernel_build)};
  command.insert(command.end(), request.objtool_args.begin(), request.objtool_args.end());
  command.push_back(fmt::format("{}/{}", paths.module, prebuilt.object));
  return command;
}

std::vector<std::string> kbuild_command(const KbuildRequest& request, const KbuildPaths& paths,
                                        const ModuleLayout& layout) {
  const std::string bin = paths.tools_root + "/usr/bin/";
  std::vector<std::string> command = {
      bin + "make",
      "--silent",
      "--no-print-directory",
      "-C",
      paths.kernel_root + "/" + request.kernel_build,
      "M=" + kbuild_directory(request, paths),
      // kbuild compiles the module with -nostdinc, but not its probes of what the compiler can do.
      // Those would read the host's /usr/include/stdc-predef.h.
      "CC=" + request.cc + " -nostdinc",
      "SHELL=" + bin + "sh",
      "CONFIG_SHELL=" + bin + "sh",
      // The one variable that reaches C, assembler and the generated .mod.c alike.
      fmt::format("KCPPFLAGS=@{}/{}", paths.module, kPrefixMapFile),
  };
  if (!request.extra_symvers.empty()) {
    std::vector<std::string> files;
    files.reserve(request.extra_symvers.size());
    for (const std::string& file : request.extra_symvers) {
      files.push_back(fmt::format("{}/{}", paths.work, file));
    }
    command.push_back(fmt::format("KBUILD_EXTRA_SYMBOLS={}", fmt::join(files, " ")));
  }
  if (!paths.pahole.empty()) {
    command.push_back(fmt::format("PAHOLE={}sh {}/{}", bin, paths.module, kPaholeScript));
  }
  if (!request.quote_includes.empty() || !request.work_includes.empty() ||
      !request.system_includes.empty()) {
    command.push_back("KMOD_WORK_DIRECTORY=" + paths.work);
  }
  for (const auto& [name, value] : request.make_variables) {
    command.push_back(fmt::format("{}={}", name, value));
  }
  if (request.mode == KbuildRequest::Mode::kProject &&
      std::ranges::find(request.make_variables, "PWD", &KbuildRequest::MakeVariable::name) ==
          request.make_variables.end()) {
    // A person calls make in the project's directory, and Makefiles have -I$(PWD). Recipes that run
    // in a shell change the one of the environment.
    command.push_back("PWD=" + kbuild_directory(request, paths));
  }
  switch (request.mode) {
    case KbuildRequest::Mode::kModule:
    case KbuildRequest::Mode::kProject:
      command.emplace_back("modules");
      break;
    case KbuildRequest::Mode::kObjects:
      for (const auto& [object, file] : request.output_objects) {
        command.push_back(layout.object_for(object));
      }
      break;
    case KbuildRequest::Mode::kProbes:
      command.emplace_back("--keep-going");
      for (const auto& [object, macro] : request.probes) {
        command.push_back(layout.object_for(object));
      }
      break;
  }
  return command;
}

}  // namespace kmod::kbuild
