// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/prefix_maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace kmod::kbuild {
namespace {

// The path's directory with its slash; empty for a file without one.
std::string_view directory_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

std::string option(std::string_view from, std::string_view to) {
  return fmt::format("-ffile-prefix-map={}={}", from, to);
}

// The name that the request gives to a file or directory of the action.
std::string name_of(const KbuildRequest& request, std::string_view path) {
  for (const auto& [directory, name] : request.path_names) {
    if (path.starts_with(directory + "/")) {
      return fmt::format("{}{}", name, path.substr(directory.size()));
    }
  }
  return std::string(path);
}

// Where the files of each directory come from: the directory that most of them have in the
// workspace.
class DirectoryMap {
 public:
  explicit DirectoryMap(const std::vector<ModuleLayout::Source>& sources) {
    std::map<std::string_view, std::map<std::string_view, std::size_t>> counts;
    for (const ModuleLayout::Source& source : sources) {
      ++counts[directory_of(source.name)][directory_of(source.file)];
    }
    for (const auto& [directory, origins] : counts) {
      const std::string_view most = std::ranges::max_element(origins, {}, [](const auto& origin) {
                                      return origin.second;
                                    })->first;
      // Sorted by name, so the directories above it are there already.
      if (path_of(directory) != most) origins_.emplace(directory, most);
    }
  }

  // Only what the directory above does not imply.
  [[nodiscard]] const std::map<std::string_view, std::string_view>& origins() const {
    return origins_;
  }

  // The path in the workspace that the options give to a file or directory.
  [[nodiscard]] std::string path_of(std::string_view name) const {
    std::string_view directory = directory_of(name);
    while (true) {
      const auto found = origins_.find(directory);
      if (found != origins_.end()) {
        return fmt::format("{}{}", found->second, name.substr(directory.size()));
      }
      if (directory.empty()) return std::string(name);
      directory = directory_of(directory.substr(0, directory.size() - 1));
    }
  }

 private:
  std::map<std::string_view, std::string_view> origins_;
};

// Options for paths that are relative to the module's directory, in which the compiler runs. No
// option can map the files of that directory together: their common prefix is empty.
void add_relative_maps(const KbuildRequest& request, const ModuleLayout& layout,
                       const DirectoryMap& directories, std::vector<std::string>& maps) {
  std::set<std::string_view> mapped;
  for (const ModuleLayout::Source& source : layout.sources()) {
    const std::string_view top = std::string_view(source.name).substr(0, source.name.find('/') + 1);
    if (top.empty() || !mapped.insert(top).second) continue;
    maps.push_back(option(top, name_of(request, directories.path_of(top))));
  }
  for (const auto& [directory, origin] : directories.origins()) {
    if (!directory.empty()) maps.push_back(option(directory, name_of(request, origin)));
  }
  const std::string generated = request.module + ".mod.c";
  maps.push_back(option(generated, fmt::format("{}/{}", request.module, generated)));
  for (const ModuleLayout::Source& source : layout.sources()) {
    if (source.name.contains('/') && directories.path_of(source.name) == source.file) continue;
    maps.push_back(option(source.name, name_of(request, source.file)));
  }
}

}  // namespace

std::vector<std::string> prefix_maps(const KbuildRequest& request, const KbuildPaths& paths,
                                     const ModuleLayout& layout) {
  std::vector<std::string> maps = {
      option(paths.work + "/", ""),
      option(paths.kernel_root, ""),
      option(paths.tools_root, ""),
      // The directory in which the compiler runs is part of debug information. A relative path
      // there is one of the workspace, so this directory is always the kernel's.
      option(paths.module, paths.compiles_in_module ? "/" + request.kernel_build : request.module),
  };
  if (paths.compiles_in_module) maps.push_back(option(paths.module + "/", request.module + "/"));
  for (const auto& [directory, name] : request.path_names) {
    maps.push_back(option(fmt::format("{}/{}/", paths.work, directory), name + "/"));
  }
  const DirectoryMap directories(layout.sources());
  for (const auto& [directory, origin] : directories.origins()) {
    maps.push_back(option(fmt::format("{}/{}", paths.module, directory), name_of(request, origin)));
  }
  // kbuild generates this file beside the sources.
  const std::string generated = request.module + ".mod.c";
  maps.push_back(option(fmt::format("{}/{}", paths.module, generated),
                        fmt::format("{}/{}", request.module, generated)));
  for (const ModuleLayout::Source& source : layout.sources()) {
    if (directories.path_of(source.name) == source.file) continue;
    maps.push_back(
        option(fmt::format("{}/{}", paths.module, source.name), name_of(request, source.file)));
  }
  if (paths.compiles_in_module) add_relative_maps(request, layout, directories, maps);
  return maps;
}

std::string prefix_map_file(const KbuildRequest& request, const KbuildPaths& paths,
                            const ModuleLayout& layout) {
  std::string text;
  for (const std::string& map : prefix_maps(request, paths, layout)) text += map + '\n';
  return text;
}

}  // namespace kmod::kbuild
