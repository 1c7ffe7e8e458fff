// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/source_tree.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

constexpr std::uint32_t kLinesAround = 2;

// "external/x/a.h" is "../x/a.h" in runfiles, and "bazel-out/k8-fastbuild/bin/a.h" is "a.h".
std::string runfile(std::string_view path) {
  if (path.starts_with("bazel-out/")) {
    for (int part = 0; part < 3; ++part) {
      const std::size_t slash = path.find('/');
      if (slash == std::string_view::npos) break;
      path.remove_prefix(slash + 1);
    }
  }
  constexpr std::string_view kExternal = "external/";
  if (path.starts_with(kExternal)) return fmt::format("../{}", path.substr(kExternal.size()));
  return std::string(path);
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

std::string SourceTree::show(std::string_view path) const {
  std::string plain = std::filesystem::path(path).lexically_normal().string();
  if (build_directory_.empty() || !plain.starts_with(build_directory_ + "/")) return plain;
  // A file at the absolute path belongs to the host and is not read.
  std::string below = plain.substr(build_directory_.size() + 1);
  return is_file(fmt::format("{}/{}", root_, runfile(below))) ? below : plain;
}

std::optional<SourceExcerpt> SourceTree::excerpt(std::string_view path, std::uint32_t line) const {
  const std::string shown = show(path);
  if (shown.starts_with('/') || line == 0) return std::nullopt;
  const auto text = base::read_file(fmt::format("{}/{}", root_, runfile(shown)));
  if (!text) return std::nullopt;
  const std::vector<std::string_view> lines = base::split_lines(*text);
  if (line > lines.size()) return std::nullopt;
  const std::uint32_t first = line > kLinesAround ? line - kLinesAround : 1;
  const std::size_t last = std::min<std::size_t>(line + kLinesAround, lines.size());
  SourceExcerpt excerpt{.file = shown, .line = line, .first = first, .lines = {}};
  for (std::size_t i = first; i <= last; ++i) excerpt.lines.emplace_back(lines[i - 1]);
  return excerpt;
}

}  // namespace kmod::vm
