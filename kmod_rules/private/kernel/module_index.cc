// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/module_index.h"

#include <fmt/core.h>
#include <fnmatch.h>

#include <algorithm>
#include <cstddef>

#include "kmod_rules/private/base/edit_distance.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::kernel {
namespace {

constexpr std::size_t kNearNames = 4;

// "dm_mod" for "kernel/drivers/md/dm-mod.ko.xz".
std::string name_of_path(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return kernel_name(path.substr(0, path.find(".ko")));
}

// Underscores as in a name, except between brackets, where a dash is a range.
std::string alias_pattern(std::string_view text) {
  std::string pattern(text);
  bool brackets = false;
  for (char& c : pattern) {
    if (c == '[') brackets = true;
    if (c == ']') brackets = false;
    if (c == '-' && !brackets) c = '_';
  }
  return pattern;
}

bool matches(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

// A line of a file of depmod: the keyword, a name and the rest. Empty for a comment.
std::vector<std::string_view> fields_of(std::string_view line) {
  if (line.starts_with('#')) return {};
  std::vector<std::string_view> fields;
  for (const std::string_view field : base::split(line, ' ')) {
    if (!field.empty()) fields.push_back(field);
  }
  return fields;
}

std::unexpected<std::string> malformed(std::string_view file, std::string_view line) {
  return std::unexpected(
      fmt::format("{} has the line \"{}\", which depmod does not write", file, line));
}

}  // namespace

base::Result<ModuleIndex> ModuleIndex::parse(const Files& files) {
  ModuleIndex index;
  for (const std::string_view line : base::split_lines(files.dependencies)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("modules.dep", line);
    Module module{.path = std::string(line.substr(0, colon)), .dependencies = {}, .soft = {}};
    for (const std::string_view path : fields_of(line.substr(colon + 1))) {
      module.dependencies.push_back(name_of_path(path));
    }
    // depmod lists the module that is loaded first at the end.
    std::ranges::reverse(module.dependencies);
    std::string name = name_of_path(module.path);
    index.modules_.emplace(std::move(name), std::move(module));
  }
  for (const std::string_view line : base::split_lines(files.soft_dependencies)) {
    const auto fields = fields_of(line);
    if (fields.empty()) continue;
    if (fields.size() < 2) return malformed("modules.softdep", line);
    const auto module = index.modules_.find(kernel_name(fields[1]));
    if (module != index.modules_.end()) {
      const SoftDependencies more = parse_soft_dependencies(line);
      SoftDependencies& soft = module->second.soft;
      soft.pre.insert(soft.pre.end(), more.pre.begin(), more.pre.end());
      soft.post.insert(soft.post.end(), more.post.begin(), more.post.end());
    }
  }
  for (const std::string_view line : base::split_lines(files.aliases)) {
    const auto fields = fields_of(line);
    if (fields.empty()) continue;
    if (fields.size() < 3) return malformed("modules.alias", line);
    // A pattern may hold spaces.
    const std::size_t begin = line.find(' ') + 1;
    index.aliases_.emplace_back(alias_pattern(line.substr(begin, line.rfind(' ') - begin)),
                                kernel_name(fields.back()));
  }
  for (const std::string_view line : base::split_lines(files.built_in)) {
    index.built_in_.insert(name_of_path(line));
  }
  for (const std::string_view field : base::split(files.built_in_info, '\0')) {
    constexpr std::string_view kTag = ".alias=";
    const std::size_t tag = field.find(kTag);
    if (tag != std::string_view::npos && tag < field.find('=')) {
      index.built_in_aliases_.push_back(alias_pattern(field.substr(tag + kTag.size())));
    }
  }
  return index;
}

base::Result<ModuleIndex> ModuleIndex::read(const std::string& directory) {
  const auto read = [&directory](std::string_view name) {
    return base::read_file(fmt::format("{}/{}", directory, name));
  };
  return parse({
      .dependencies = KMOD_TRY(read("modules.dep")),
      .soft_dependencies = KMOD_TRY(read("modules.softdep")),
      .aliases = KMOD_TRY(read("modules.alias")),
      .built_in = KMOD_TRY(read("modules.builtin")),
      .built_in_info = KMOD_TRY(read("modules.builtin.modinfo")),
  });
}

std::vector<std::string> ModuleIndex::find(std::string_view name_or_alias) const {
  const std::string name = kernel_name(name_or_alias);
  if (modules_.contains(name)) return {name};
  std::vector<std::string> found;
  if (built_in_.contains(name)) return found;
  const std::string alias = alias_pattern(name_or_alias);
  for (const auto& [pattern, module] : aliases_) {
    if (matches(pattern, alias) && modules_.contains(module) &&
        std::ranges::find(found, module) == found.end()) {
      found.push_back(module);
    }
  }
  return found;
}

bool ModuleIndex::is_built_in(std::string_view name_or_alias) const {
  if (built_in_.contains(kernel_name(name_or_alias))) return true;
  const std::string alias = alias_pattern(name_or_alias);
  return std::ranges::any_of(
      built_in_aliases_, [&alias](const std::string& pattern) { return matches(pattern, alias); });
}

const ModuleIndex::Module* ModuleIndex::module(const std::string& name) const {
  const auto found = modules_.find(name);
  return found == modules_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> ModuleIndex::names() const {
  std::vector<std::string_view> names;
  names.reserve(modules_.size());
  for (const auto& [name, module] : modules_) names.emplace_back(name);
  return names;
}

std::string ModuleIndex::describe_missing(std::string_view name_or_alias,
                                          std::string_view kernel) const {
  const auto near = base::nearest_names(kernel_name(name_or_alias), names(), kNearNames);
  return fmt::format("{} has neither a module nor an alias of that name.{}{}{}", kernel,
                     near.empty() ? "" : " Its modules with a near name: ", base::join(near, ", "),
                     near.empty() ? "" : ".");
}

bool LoadOrder::add(std::string_view name_or_alias, Need need) {
  if (given_.contains(kernel_name(name_or_alias))) return true;
  const std::vector<std::string> found = index_.find(name_or_alias);
  for (const std::string& name : found) {
    if (need == Need::kRequired && found.size() == 1) require(name);
    probe(name);
  }
  return !found.empty() || index_.is_built_in(name_or_alias);
}

void LoadOrder::require(const std::string& name) {
  required_.insert(name);
  const ModuleIndex::Module* const module = index_.module(name);
  if (module != nullptr) {
    required_.insert(module->dependencies.begin(), module->dependencies.end());
  }
}

void LoadOrder::probe(const std::string& name) {
  if (given_.contains(name) || !visited_.insert(name).second) return;
  const ModuleIndex::Module* const module = index_.module(name);
  if (module == nullptr) return;
  for (const std::string& dependency : module->dependencies) append(dependency);
  append(name);
}

void LoadOrder::append(const std::string& name) {
  const ModuleIndex::Module* const module = index_.module(name);
  // A soft dependency may lead back here.
  if (module == nullptr || given_.contains(name) || !appended_.insert(name).second) return;
  for (const std::string& other : module->soft.pre) add(other, Need::kSoft);
  names_.push_back(name);
  for (const std::string& other : module->soft.post) add(other, Need::kSoft);
}

}  // namespace kmod::kernel
