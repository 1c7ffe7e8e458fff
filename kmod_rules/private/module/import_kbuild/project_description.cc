// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/project_description.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/kernel/module_info.h"
#include "kmod_rules/private/kernel/modules_order.h"

namespace kmod::import_kbuild {
namespace {

namespace fs = std::filesystem;

// Variables of every make, and those that the action of the rule sets.
constexpr std::string_view kNotOfProject[] = {"CC",
                                              "CONFIG_SHELL",
                                              "GNUMAKEFLAGS",
                                              "HOME",
                                              "KBUILD_EXTMOD",
                                              "KBUILD_EXTRA_SYMBOLS",
                                              "KBUILD_VERBOSE",
                                              "KMOD_KERNEL",
                                              "KMOD_RECORD",
                                              "LC_ALL",
                                              "M",
                                              "MAKEFILES",
                                              "MAKEFLAGS",
                                              "MAKELEVEL",
                                              "MAKEOVERRIDES",
                                              "MAKE_TERMERR",
                                              "MAKE_TERMOUT",
                                              "MFLAGS",
                                              "OLDPWD",
                                              "PATH",
                                              "PWD",
                                              "SHELL",
                                              "SHLVL",
                                              "SUBDIRS",
                                              "TZ",
                                              "V",
                                              "W",
                                              "_"};

// Files that recipes of Makefiles run or read, which leaves no trace.
constexpr std::string_view kScriptExtensions[] = {".awk", ".lds", ".pl", ".sh"};

bool is_script(const fs::path& path) {
  return std::ranges::find(kScriptExtensions, path.extension().string()) !=
         std::end(kScriptExtensions);
}

// Nothing for a path outside of the directory.
std::string below(const std::string& path, const std::string& directory) {
  const std::string normal = fs::path(path).lexically_normal().string();
  if (normal == directory) return ".";
  return normal.starts_with(directory + "/") ? normal.substr(directory.size() + 1) : "";
}

std::string join_path(const std::string& directory, const std::string& name) {
  return directory == "." ? name : directory + "/" + name;
}

// "card" for "card-1.2.3".
std::string without_version(const std::string& name) {
  std::size_t at = name.size();
  for (std::size_t dash = name.find('-'); dash != std::string::npos;
       dash = name.find('-', dash + 1)) {
    if (dash + 1 < name.size() && name[dash + 1] >= '0' && name[dash + 1] <= '9') {
      at = dash;
      break;
    }
  }
  return name.substr(0, at == 0 ? name.size() : at);
}

// Variables for make that mean the same in the directory of an action.
std::map<std::string, std::string> variables_of(const KbuildCall& call, const std::string& copy,
                                                const KernelBuild& kernel) {
  std::map<std::string, std::string> variables;
  const std::string up = fs::path(copy).lexically_relative(call.directory).string();
  for (const auto& [name, given] : call.variables) {
    if (std::ranges::find(kNotOfProject, name) != std::end(kNotOfProject)) continue;
    std::string value = given;
    base::replace_all(value, call.directory, "$(M)");
    base::replace_all(value, copy, up == "." ? "$(M)" : "$(M)/" + up);
    const bool of_this_machine = value == kernel.release ||
                                 value.find(kernel.directory) != std::string::npos ||
                                 value.find(kernel.tools) != std::string::npos;
    if (!of_this_machine) variables[name] = value;
  }
  return variables;
}

struct BuiltModule {
  std::size_t call;
  std::vector<std::string> depends;  // as the kernel knows them
};

// The files that the commands of kbuild in a directory read.
base::Status add_files(const std::string& directory, const std::string& copy,
                       const std::string& original, ProjectDescription& description) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    const std::string name = path.filename().string();
    const std::string own = below(path.string(), copy);
    if (is_script(path) && fs::exists(fs::path(original) / own)) description.files.insert(own);
    if (!name.starts_with('.') || !name.ends_with(".o.cmd") || name.ends_with(".mod.o.cmd"))
      continue;
    for (const std::string& file : files_of_command(KMOD_TRY(base::read_file(path.string())))) {
      const std::string read = below(file, copy);
      if (read.empty() || read.ends_with(".o")) continue;
      (fs::exists(fs::path(original) / read) ? description.files : description.generated)
          .insert(read);
    }
  }
  return {};
}

// The lists NAME.mod of a run of kbuild, in its directory and of modules that it built above that.
std::vector<std::string> module_lists(const std::string& directory) {
  std::vector<std::string> lists;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".mod") lists.push_back(entry->path().string());
  }
  for (const std::string& module : kernel::listed_modules(directory)) {
    const std::string list = module + ".mod";
    const bool known = std::ranges::find(lists, list) != lists.end();
    if (!known && fs::exists(list, error)) lists.push_back(list);
  }
  return lists;
}

// The run of kbuild that linked each module. Projects move the .ko, but not kbuild's list of its
// objects, NAME.mod. kbuild can run first in a directory, and then in one below: the last counts.
//
// Errors: two modules have one name.
base::Result<std::map<std::string, std::size_t>> find_calls(const ProjectBuild& build) {
  std::map<std::string, std::size_t> calls;
  std::map<std::string, std::string> lists;
  for (std::size_t call = 0; call < build.calls.size(); ++call) {
    for (const std::string& file : module_lists(build.calls[call].directory)) {
      const std::string name = fs::path(file).stem().string();
      const std::string list = below(file, build.copy);
      calls[name] = call;
      const auto [other, added] = lists.emplace(name, list);
      if (added || other->second == list) continue;
      const auto folder = [](const std::string& path) {
        return fs::path(path).has_parent_path() ? fs::path(path).parent_path().string() : ".";
      };
      return std::unexpected(
          fmt::format("its Makefiles build two modules named {0}, in {1} and in {2}, and a kernel "
                      "loads only one of them. Import each directory by itself, or give variables "
                      "that switch one of them off, as NAME=VALUE after the directory.",
                      name, folder(other->second), folder(list)));
    }
  }
  return calls;
}

base::Result<std::map<std::string, BuiltModule>> find_modules(const ProjectBuild& build) {
  const std::map<std::string, std::size_t> calls = KMOD_TRY(find_calls(build));
  std::map<std::string, BuiltModule> modules;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(build.copy, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().stem().string();
    const auto call = calls.find(name);
    if (entry->path().extension() != ".ko" || call == calls.end()) continue;
    const auto info = kernel::parse_module_info(KMOD_TRY(base::read_file(entry->path().string())));
    if (!info) return std::unexpected(fmt::format("{}.ko {}", name, info.error()));
    std::vector<std::string> depends;
    for (const std::string& used : info->depends) depends.push_back(kernel::kernel_name(used));
    modules.insert_or_assign(name, BuiltModule{.call = call->second, .depends = depends});
  }
  if (!modules.empty()) return modules;
  return std::unexpected("the project has modules, and none of them was built by kbuild here");
}

}  // namespace

std::vector<std::string> files_of_command(std::string_view text) {
  std::vector<std::string> files;
  for (std::string_view line : base::split_lines(text)) {
    const bool is_source = line.starts_with("source_");
    if (!is_source && !line.starts_with("  ")) continue;
    if (is_source) line = line.substr(std::min(line.size(), line.find(":=") + 2));
    while (line.starts_with(' ')) line.remove_prefix(1);
    if (line.ends_with('\\')) line.remove_suffix(1);
    while (line.ends_with(' ')) line.remove_suffix(1);
    if (!line.empty() && !line.starts_with('$')) files.emplace_back(line);
  }
  return files;
}

base::Result<ProjectDescription> describe_project(const ProjectBuild& build,
                                                  const std::string& directory,
                                                  const KernelBuild& kernel) {
  const auto modules = KMOD_TRY(find_modules(build));
  ProjectDescription description;
  // The target of each run of kbuild that built modules, and the labels of its modules.
  std::map<std::size_t, std::vector<std::string>> by_call;
  for (const auto& [name, module] : modules) by_call[module.call].push_back(name);
  std::map<std::string, std::string> labels;
  std::map<std::size_t, std::string> names;
  for (const auto& [call, built] : by_call) {
    const std::string folder = fs::path(build.calls[call].directory).filename().string();
    const std::string project = without_version(fs::path(directory).filename().string());
    std::string name = built.size() == 1 ? built[0] : by_call.size() == 1 ? project : folder;
    const auto is_taken = [&name](const auto& other) { return other.second == name; };
    while (std::ranges::any_of(names, is_taken)) name += "_modules";
    names[call] = name;
    for (const std::string& module : built) {
      labels[module] = built.size() == 1 ? ":" + name : fmt::format(":{}_{}", name, module);
    }
  }
  for (const auto& [call, built] : by_call) {
    const std::string folder = below(build.calls[call].directory, build.copy);
    const bool has_kbuild = fs::exists(fs::path(build.calls[call].directory) / "Kbuild");
    ProjectTarget target{.name = names[call],
                         .kbuild = join_path(folder, has_kbuild ? "Kbuild" : "Makefile"),
                         .make_vars = variables_of(build.calls[call], build.copy, kernel)};
    std::set<std::string> deps;
    for (const std::string& module : built) {
      std::vector<std::string>& uses = target.modules[module];
      const std::vector<std::string>& depends = modules.at(module).depends;
      for (const auto& [other, found] : modules) {
        if (std::ranges::find(depends, kernel::kernel_name(other)) == depends.end()) continue;
        if (found.call == call) {
          uses.push_back(other);
        } else {
          deps.insert(labels[other]);
        }
      }
    }
    target.module_deps.assign(deps.begin(), deps.end());
    description.targets.push_back(target);
    KMOD_TRY(add_files(build.calls[call].directory, build.copy, directory, description));
  }
  for (const std::string& makefile : build.makefiles) {
    const std::string own = below(makefile, build.copy);
    if (!own.empty() && fs::exists(fs::path(directory) / own)) description.files.insert(own);
  }
  return description;
}

}  // namespace kmod::import_kbuild
