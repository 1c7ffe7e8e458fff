// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/built_modules.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/kernel/module_info.h"
#include "kmod_rules/private/kernel/modules_order.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod::kbuild {
namespace {

using Files = std::map<std::string, std::string>;  // a module's name, and its .ko

base::Result<Files> find_files(const std::string& directory) {
  Files files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(directory, error), end;
       !error && entry != end; entry.increment(error)) {
    const std::filesystem::path& path = entry->path();
    if (path.extension() != ".ko") continue;
    const auto [other, added] = files.emplace(path.stem().string(), path.string());
    if (added) continue;
    const auto below = [&](const std::string& file) { return file.substr(directory.size() + 1); };
    return std::unexpected(fmt::format(
        "its Makefiles build two modules named {}: {} and {}. Build them by two targets, each with "
        "the Makefile of one.",
        path.stem().string(), below(other->second), below(path.string())));
  }
  if (error) {
    return std::unexpected(fmt::format("cannot list {}: {}", directory, error.message()));
  }
  for (const std::string& module : kernel::listed_modules(directory)) {
    const std::filesystem::path path = module + ".ko";
    if (std::filesystem::exists(path, error)) files.emplace(path.stem().string(), path.string());
  }
  return files;
}

base::Status check_names(const KbuildRequest& request, const Files& files) {
  std::vector<std::string> missing;
  std::set<std::string_view> named;
  for (const KbuildRequest::BuiltModule& module : request.built_modules) {
    named.insert(module.name);
    if (!files.contains(module.name)) missing.push_back(module.name);
  }
  std::vector<std::string> built;
  std::vector<std::string> unnamed;
  for (const auto& [name, file] : files) {
    built.push_back(name);
    if (!named.contains(name)) unnamed.push_back(name);
  }
  if (!missing.empty()) {
    return std::unexpected(fmt::format(
        "modules names {}, which its Makefiles do not build for this kernel. They build: {}. "
        "Remove "
        "it from modules, or switch it on in make_vars.",
        base::join(missing, ", "), built.empty() ? "nothing" : base::join(built, ", ")));
  }
  if (unnamed.empty()) return {};
  return std::unexpected(
      fmt::format("its Makefiles also build {}. Add it to modules, or switch it off in make_vars.",
                  base::join(unnamed, ", ")));
}

// The lines of `symvers` for each module. kbuild names them by path.
std::map<std::string, std::string> symvers_by_module(std::string_view symvers) {
  std::map<std::string, std::string> lines;
  for (const std::string_view line : base::split_lines(symvers)) {
    const auto fields = base::split(line, '\t');
    if (fields.size() < 3) continue;
    const std::string_view module = fields[2];
    lines[std::string(module.substr(module.rfind('/') + 1))] += fmt::format("{}\n", line);
  }
  return lines;
}

base::Status check_distinct_exports(const std::string& symvers) {
  kernel::Symvers all;
  KMOD_TRY(all.add(symvers, "Module.symvers"));
  for (const kernel::Symvers::Export& exported : all.exports()) {
    const auto name = [](std::string_view module) { return module.substr(module.rfind('/') + 1); };
    const std::string& first = all.find(exported.symbol)->module;
    if (first == exported.module) continue;
    return std::unexpected(fmt::format(
        "its modules {} and {} both export {}, and the kernel loads only one of them. Rename one "
        "of the functions, or build the modules by two targets.",
        name(first), name(exported.module), exported.symbol));
  }
  return {};
}

bool declares_use(const KbuildRequest& request, std::string_view module, std::string_view used) {
  return std::ranges::any_of(request.module_uses, [&](const KbuildRequest::ModuleUse& use) {
    return use.module == module && use.used == used;
  });
}

base::Status check_uses(const KbuildRequest& request, const Files& files) {
  std::vector<std::string> problems;
  for (const auto& [name, file] : files) {
    const auto info = kernel::parse_module_info(KMOD_TRY(base::read_file(file)));
    if (!info) return std::unexpected(fmt::format("{}.ko {}", name, info.error()));
    std::vector<std::string> used;
    bool complete = true;
    for (const auto& [other, other_file] : files) {
      const auto is_other = [&other](const std::string& depends) {
        return kernel::kernel_name(depends) == kernel::kernel_name(other);
      };
      if (std::ranges::none_of(info->depends, is_other)) continue;
      used.push_back(fmt::format("\"{}\"", other));
      complete = complete && declares_use(request, name, other);
    }
    if (!complete) problems.push_back(fmt::format("\"{}\": [{}]", name, base::join(used, ", ")));
  }
  if (problems.empty()) return {};
  return std::unexpected(fmt::format(
      "some of its modules use symbols of others. Say so, for the order in which they are loaded: "
      "modules = {{{}, …}}",
      base::join(problems, ", ")));
}

}  // namespace

base::Result<std::vector<BuiltModuleFile>> find_built_modules(const KbuildRequest& request,
                                                              const std::string& directory) {
  const Files files = KMOD_TRY(find_files(directory));
  KMOD_TRY(check_names(request, files));
  const std::string symvers = KMOD_TRY(base::read_file(directory + "/Module.symvers"));
  KMOD_TRY(check_distinct_exports(symvers));
  KMOD_TRY(check_uses(request, files));
  const auto lines = symvers_by_module(symvers);
  std::vector<BuiltModuleFile> built;
  for (const auto& [name, output_directory] : request.built_modules) {
    const auto own = lines.find(name);
    built.push_back({.name = name,
                     .file = files.at(name),
                     .symvers = own == lines.end() ? "" : own->second,
                     .output_directory = output_directory});
  }
  return built;
}

}  // namespace kmod::kbuild
