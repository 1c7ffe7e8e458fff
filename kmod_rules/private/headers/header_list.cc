// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/header_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::headers {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSubjects = std::to_array<std::string_view>(
    {"crypto", "drm", "linux", "media", "net", "rdma", "scsi", "sound", "target", "video"});

// Parts of other headers: each for one compiler or for one configuration, or read only there. By
// themselves, they change the meaning of what follows.
constexpr std::array kParts = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"linux/btree-128.h", "linux/btree.h"},
     {"linux/btree-type.h", "linux/btree.h"},
     {"linux/compiler-clang.h", "linux/compiler.h"},
     {"linux/compiler-gcc.h", "linux/compiler.h"},
     {"linux/compiler-intel.h", "linux/compiler.h"},
     {"linux/compiler-version.h", "linux/compiler.h"},
     {"linux/fortify-string.h", "linux/string.h"},
     {"linux/rcutiny.h", "linux/rcupdate.h"},
     {"linux/rwlock_rt.h", "linux/spinlock.h"},
     {"linux/slab_def.h", "linux/slab.h"},
     {"linux/slub_def.h", "linux/slab.h"},
     {"linux/spinlock_api_up.h", "linux/spinlock.h"},
     {"linux/spinlock_rt.h", "linux/spinlock.h"},
     {"linux/spinlock_types_up.h", "linux/spinlock.h"},
     {"linux/spinlock_up.h", "linux/spinlock.h"},
     {"linux/srcutiny.h", "linux/srcu.h"}});

using Includes = std::unordered_map<std::string, std::vector<std::string>>;  // by header

// The names in the lines #include <NAME> of a file.
std::vector<std::string> find_includes(std::string_view text) {
  std::vector<std::string> names;
  for (std::string_view line : base::split_lines(text)) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] != '#') continue;
    const std::size_t open = line.find('<', begin);
    const std::size_t close = line.find('>', begin);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open ||
        line.find("include", begin) > open) {
      continue;
    }
    names.emplace_back(line.substr(open + 1, close - open - 1));
  }
  return names;
}

// Adds a header behind those that it includes.
void add_header(const std::string& name, const Includes& includes,
                std::unordered_set<std::string>& seen, std::vector<std::string>& order) {
  const auto header = includes.find(name);
  if (header == includes.end() || !seen.insert(name).second) return;
  for (const std::string& included : header->second) add_header(included, includes, seen, order);
  order.push_back(name);
}

}  // namespace

std::unordered_set<std::string> HeaderList::all_includers(const std::string& name) const {
  std::unordered_set<std::string> found;
  std::vector<std::string> next = {name};
  while (!next.empty()) {
    const auto direct = includers.find(next.back());
    next.pop_back();
    if (direct == includers.end()) continue;
    for (const std::string& includer : direct->second) {
      if (found.insert(includer).second) next.push_back(includer);
    }
  }
  return found;
}

base::Result<HeaderList> list_headers(const std::vector<std::string>& directories) {
  HeaderList list;
  Includes includes;
  std::vector<std::string> names;
  for (const std::string& directory : directories) {
    for (std::string_view subject : kSubjects) {
      std::error_code error;
      fs::recursive_directory_iterator files(fs::path(directory) / subject, error);
      if (error) continue;  // an older or a smaller kernel, or one of an architecture
      for (const fs::directory_entry& file : files) {
        if (file.path().extension() != ".h" || file.is_directory()) continue;
        const std::string path = file.path().string();
        std::string name = path.substr(directory.size() + 1);
        if (includes.contains(name)) continue;
        const auto* part = std::ranges::find(kParts, name, &decltype(kParts)::value_type::first);
        if (part != kParts.end()) {
          list.parts.emplace(*part);
          continue;
        }
        includes.emplace(name, find_includes(KMOD_TRY(base::read_file(path))));
        names.push_back(std::move(name));
      }
    }
  }
  if (names.empty()) {
    return std::unexpected(fmt::format("{} has no headers", fmt::join(directories, ", ")));
  }
  std::ranges::sort(names);
  std::unordered_set<std::string> seen;
  for (const std::string& name : names) {
    add_header(name, includes, seen, list.names);
    for (const std::string& included : includes.at(name)) {
      list.includers[included].push_back(name);
    }
  }
  return list;
}

}  // namespace kmod::headers
