// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/tree_comparison.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/reproducibility/explanation.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

struct Pair {
  std::string first;
  std::string second;
};

base::Result<Pair> read_both(const fs::path& first, const fs::path& second) {
  return Pair{KMOD_TRY(base::read_file(first)), KMOD_TRY(base::read_file(second))};
}

// Whether the name is like hello.ko-0.params. Bazel writes the long command line of an action to
// such a file when it runs the action, but not when it takes the result from a cache.
bool is_parameter_file(const std::string& path) {
  constexpr std::string_view kEnd = ".params";
  if (!path.ends_with(kEnd)) return false;
  const std::size_t number = path.find_last_not_of("0123456789", path.size() - kEnd.size() - 1);
  return number != std::string::npos && path[number] == '-';
}

// The latest time if the time cannot be read.
fs::file_time_type time_of(const fs::path& path) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  return error ? fs::file_time_type::max() : time;
}

void append(Lines& lines, Lines more) {
  for (std::string& line : more) lines.push_back(std::move(line));
}

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void append_names(Lines& lines, const std::string& title, const std::vector<std::string>& paths) {
  if (!paths.empty()) append(lines, titled(title, paths));
}

std::string verdict(const TreeComparison& comparison) {
  const std::size_t unmatched = comparison.only_in_first.size() + comparison.only_in_second.size();
  if (comparison.different.empty() && unmatched == 0) return "all the same";
  return fmt::format(
      "{} differ{}", comparison.different.size(),
      unmatched == 0 ? "" : fmt::format(", and only one build has {} more", unmatched));
}

}  // namespace

base::Result<TreeComparison> compare_trees(const OutputTree& first, const OutputTree& second) {
  TreeComparison result;
  std::vector<std::pair<fs::file_time_type, std::string>> different;
  for (const auto& [path, file] : second) {
    const auto found = first.find(path);
    if (found == first.end()) {
      if (is_parameter_file(path)) continue;
      result.only_in_second.push_back(path);
      continue;
    }
    const Pair both = KMOD_TRY(read_both(found->second, file));
    ++result.files;
    result.bytes += both.second.size();
    if (both.first != both.second) different.emplace_back(time_of(file), path);
  }
  if (result.files == 0) {
    return std::unexpected(
        "the two builds have no output in common. Name targets that build one, or two folders of "
        "outputs of the same targets.");
  }
  for (const auto& [path, file] : first) {
    if (!second.contains(path)) result.only_in_first.push_back(path);
  }
  std::ranges::sort(different);
  for (auto& [time, path] : different) result.different.push_back(std::move(path));
  return result;
}

base::Result<Lines> report(const TreeComparison& comparison, const OutputTree& first,
                           const OutputTree& second, std::size_t explained,
                           const base::Demangler& demangler) {
  Lines lines;
  const std::size_t shown = std::min(explained, comparison.different.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& path = comparison.different[i];
    const Pair both = KMOD_TRY(read_both(first.at(path), second.at(path)));
    append(lines, titled(path + " differs:", explain(both.first, both.second)));
  }
  if (const base::Status done = demangler.demangle_text(lines); !done)
    lines.push_back(done.error());
  append_names(lines, "differ as well:",
               {comparison.different.begin() + static_cast<std::ptrdiff_t>(shown),
                comparison.different.end()});
  append_names(lines, "only in the first:", comparison.only_in_first);
  append_names(lines, "only in the second:", comparison.only_in_second);
  lines.push_back(fmt::format("compared {}, {}: {}", counted(comparison.files, "file"),
                              counted(comparison.bytes, "byte"), verdict(comparison)));
  return lines;
}

base::Result<int> print_report(const TreeComparison& comparison, const OutputTree& first,
                               const OutputTree& second, std::size_t explained,
                               const base::Demangler& demangler) {
  for (const std::string& line :
       KMOD_TRY(report(comparison, first, second, explained, demangler))) {
    fmt::print("{}\n", line);
  }
  const bool equal = comparison.different.empty() && comparison.only_in_first.empty() &&
                     comparison.only_in_second.empty();
  return equal ? 0 : 1;
}

}  // namespace kmod::reproducibility
