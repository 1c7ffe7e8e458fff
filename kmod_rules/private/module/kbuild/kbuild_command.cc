// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "kmod_rules/private/module/kbuild/prefix_maps.h"

namespace kmod::kbuild {

using Mode = KbuildRequest::Mode;

std::string pahole_script(const KbuildPaths& paths) {
  return fmt::format("exec {} \"$@\" --lang_exclude=rust,c++,c++03,c++11,c++14\n", paths.pahole);
}

std::string kbuild_directory(const KbuildRequest& request, const KbuildPaths& paths) {
  return request.directory.empty() ? paths.module : paths.module + "/" + request.directory;
}

std::string kernel_symvers(const KbuildRequest& request, const KbuildPaths& paths) {
  return request.kernel_symvers.empty()
             ? fmt::format("{}/{}/Module.symvers", paths.kernel_root, request.kernel_build)
             : request.kernel_symvers;
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
  command.push_back(fmt::format("{}/{}", paths.module_directory, prebuilt.object));
  return command;
}

namespace {

// The variables of the command line, which reach every make.
std::vector<std::string> variables(const KbuildRequest& request, const KbuildPaths& paths) {
  const std::string bin = paths.tools_root + "/usr/bin/";
  std::vector<std::string> variables = {
      "M=" + kbuild_directory(request, paths),
      // kbuild compiles the module with -nostdinc, but not its probes of what the compiler can do.
      // Those would read the host's /usr/include/stdc-predef.h.
      "CC=" + request.cc + " -nostdinc",
      "SHELL=" + bin + "sh",
      "CONFIG_SHELL=" + bin + "sh",
      // The one variable that reaches C, assembler and the generated .mod.c alike.
      fmt::format("KCPPFLAGS=@{}/{}", paths.module, kPrefixMapFile),
  };
  std::vector<std::string> files;
  files.reserve(request.extra_symvers.size() + 1);
  // The one in the build directory is empty then, and modpost reads both in the same way.
  if (!request.kernel_symvers.empty()) {
    files.push_back(fmt::format("{}/{}", paths.work, request.kernel_symvers));
  }
  for (const std::string& file : request.extra_symvers) {
    files.push_back(fmt::format("{}/{}", paths.work, file));
  }
  if (!files.empty()) {
    variables.push_back(fmt::format("KBUILD_EXTRA_SYMBOLS={}", fmt::join(files, " ")));
  }
  if (!paths.pahole.empty()) {
    variables.push_back(fmt::format("PAHOLE={}sh {}/{}", bin, paths.module, kPaholeScript));
  }
  if (!request.quote_includes.empty() || !request.work_includes.empty() ||
      !request.system_includes.empty()) {
    variables.push_back("KMOD_WORK_DIRECTORY=" + paths.work);
  }
  for (const auto& [name, value] : request.make_variables) {
    variables.push_back(fmt::format("{}={}", name, value));
  }
  if (request.mode == Mode::kProject &&
      std::ranges::find(request.make_variables, "PWD", &KbuildRequest::MakeVariable::name) ==
          request.make_variables.end()) {
    // A person calls make in the project's directory, and Makefiles have -I$(PWD). Recipes that run
    // in a shell change the one of the environment.
    variables.push_back("PWD=" + kbuild_directory(request, paths));
  }
  return variables;
}

// The objects that make builds; none for what it builds without being told.
std::vector<std::string> objects(const KbuildRequest& request, const ModuleLayout& layout) {
  std::vector<std::string> names;
  names.reserve(request.output_objects.size() + request.probes.size());
  for (const auto& [object, file] : request.output_objects) {
    names.push_back(layout.object_for(object));
  }
  for (const auto& [object, macro] : request.probes) names.push_back(layout.object_for(object));
  return names;
}

std::vector<base::Command> top_makefile_commands(const KbuildRequest& request,
                                                 const KbuildPaths& paths,
                                                 const ModuleLayout& layout) {
  std::vector<std::string> command = {paths.tools_root + "/usr/bin/make", "--silent",
                                      "--no-print-directory", "-C",
                                      paths.kernel_root + "/" + request.kernel_build};
  std::ranges::move(variables(request, paths), std::back_inserter(command));
  if (request.mode == Mode::kProbes) command.emplace_back("--keep-going");
  std::vector<std::string> goals = objects(request, layout);
  if (goals.empty()) goals = {"modules"};
  std::ranges::move(goals, std::back_inserter(command));
  return {{.arguments = std::move(command), .environment = kbuild_environment(paths)}};
}

// The environment of a step, in which the action's own variables count.
std::vector<std::string> step_environment(const KbuildSteps& steps, const KbuildPaths& paths) {
  std::vector<std::string> environment = kbuild_environment(paths);
  std::set<std::string, std::less<>> own;
  for (const std::string& variable : environment) {
    own.insert(variable.substr(0, variable.find('=')));
  }
  for (const auto& [name, value] : steps.variables) {
    if (!own.contains(name)) environment.push_back(fmt::format("{}={}", name, value));
  }
  return environment;
}

// A goal as the makefile of the step has it: below the directory that the step builds.
std::string goal_below(const KbuildSteps::Step& step, const std::string& object) {
  constexpr std::string_view kDirectory = "obj=";
  for (const std::string& argument : step.arguments) {
    if (!argument.starts_with(kDirectory)) continue;
    const std::string directory = argument.substr(kDirectory.size());
    return directory == "." ? object : directory + "/" + object;
  }
  return object;
}

}  // namespace

std::vector<base::Command> kbuild_commands(const KbuildRequest& request, const KbuildPaths& paths,
                                           const ModuleLayout& layout, const KbuildSteps* steps) {
  if (steps == nullptr || request.mode == Mode::kProject) {
    return top_makefile_commands(request, paths, layout);
  }
  const std::vector<std::string> names = objects(request, layout);
  std::vector<base::Command> commands;
  for (const KbuildSteps::Step& step : steps->steps) {
    std::vector<std::string> command = {paths.tools_root + "/usr/bin/make"};
    std::ranges::copy(step.arguments, std::back_inserter(command));
    std::ranges::move(variables(request, paths), std::back_inserter(command));
    if (request.mode == Mode::kProbes) command.emplace_back("--keep-going");
    for (const std::string& name : names) command.push_back(goal_below(step, name));
    commands.push_back({.arguments = std::move(command),
                        .environment = step_environment(*steps, paths),
                        .directory = step.directory});
    // The first step compiles. The others make modules of its objects.
    if (!names.empty()) break;
  }
  return commands;
}

}  // namespace kmod::kbuild
