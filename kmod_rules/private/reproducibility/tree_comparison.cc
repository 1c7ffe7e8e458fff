// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/tree_comparison.h"

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

std::expected<Pair, std::string> read_both(const fs::path& first, const fs::path& second) {
  auto left = base::read_file(first);
  if (!left) return std::unexpected(left.error());
  auto right = base::read_file(second);
  if (!right) return std::unexpected(right.error());
  return Pair{std::move(*left), std::move(*right)};
}

// hello.ko-0.params. Bazel writes the long command line of an action into such a file when it runs
// it, and not when it takes the result from a cache.
bool is_parameter_file(const std::string& path) {
  constexpr std::string_view kEnd = ".params";
  if (!path.ends_with(kEnd)) return false;
  const std::size_t number = path.find_last_not_of("0123456789", path.size() - kEnd.size() - 1);
  return number != std::string::npos && path[number] == '-';
}

// Files whose time cannot be read come last.
fs::file_time_type time_of(const fs::path& path) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  return error ? fs::file_time_type::max() : time;
}

void append(Lines& lines, Lines more) {
  for (std::string& line : more) lines.push_back(std::move(line));
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void append_names(Lines& lines, const std::string& title, const std::vector<std::string>& paths) {
  if (!paths.empty()) append(lines, titled(title, paths));
}

std::string verdict(const TreeComparison& comparison) {
  const std::size_t lonely = comparison.only_in_first.size() + comparison.only_in_second.size();
  if (comparison.different.empty() && lonely == 0) return "all the same";
  return std::to_string(comparison.different.size()) + " differ" +
         (lonely == 0 ? "" : ", and only one has " + std::to_string(lonely) + " more");
}

}  // namespace

std::expected<TreeComparison, std::string> compare_trees(const OutputTree& first,
                                                         const OutputTree& second) {
  TreeComparison result;
  std::vector<std::pair<fs::file_time_type, std::string>> different;
  for (const auto& [path, file] : second) {
    const auto found = first.find(path);
    if (found == first.end()) {
      if (is_parameter_file(path)) continue;
      result.only_in_second.push_back(path);
      continue;
    }
    const auto both = read_both(found->second, file);
    if (!both) return std::unexpected(both.error());
    ++result.files;
    result.bytes += both->second.size();
    if (both->first != both->second) different.emplace_back(time_of(file), path);
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

std::expected<Lines, std::string> report(const TreeComparison& comparison, const OutputTree& first,
                                         const OutputTree& second, std::size_t explained) {
  Lines lines;
  const std::size_t shown = std::min(explained, comparison.different.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& path = comparison.different[i];
    const auto both = read_both(first.at(path), second.at(path));
    if (!both) return std::unexpected(both.error());
    append(lines, titled(path + " differs:", explain(both->first, both->second)));
  }
  append_names(lines, "differ as well:",
               {comparison.different.begin() + static_cast<std::ptrdiff_t>(shown),
                comparison.different.end()});
  append_names(lines, "only in the first:", comparison.only_in_first);
  append_names(lines, "only in the second:", comparison.only_in_second);
  lines.push_back("compared " + counted(comparison.files, "file") + ", " +
                  counted(comparison.bytes, "byte") + ": " + verdict(comparison));
  return lines;
}

}  // namespace kmod::reproducibility
