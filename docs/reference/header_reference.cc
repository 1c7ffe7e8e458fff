// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/header_reference.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "docs/reference/markdown.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::reference {
namespace {

using Lines = std::vector<std::string_view>;

// A comment and the declarations directly below it.
struct Paragraph {
  std::size_t line = 0;
  Lines comment;
  Lines code;
};

// Lines that declare nothing.
bool is_structure(std::string_view line) {
  constexpr std::string_view kStarts[] = {"#include",  "#ifndef", "#endif",       "#undef",
                                          "namespace", "}",       "static_assert"};
  return std::ranges::any_of(kStarts,
                             [&](std::string_view start) { return line.starts_with(start); });
}

bool is_guard(std::string_view line) {
  return line.starts_with("#define") && line.ends_with("_H_");
}

// How far a line opens braces; braces in strings do not occur in these headers.
int opened(std::string_view line) {
  const std::size_t comment = line.find("//");
  const std::string_view text = line.substr(0, comment);
  return static_cast<int>(std::ranges::count(text, '{') - std::ranges::count(text, '}'));
}

std::vector<Paragraph> paragraphs_of(const Lines& lines) {
  std::vector<Paragraph> paragraphs;
  Paragraph paragraph;
  int depth = 0;
  const auto finish = [&] {
    if (!paragraph.comment.empty() || !paragraph.code.empty()) paragraphs.push_back(paragraph);
    paragraph = {};
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (depth == 0) {
      const bool comment = line.starts_with("//");
      if (line.empty() || is_structure(line) || is_guard(line) ||
          (comment && !paragraph.code.empty()))
        finish();
      if (line.empty() || is_structure(line) || is_guard(line)) continue;
      if (paragraph.comment.empty() && paragraph.code.empty()) paragraph.line = i + 1;
      if (comment) {
        paragraph.comment.push_back(line);
        continue;
      }
    }
    paragraph.code.push_back(line);
    depth += opened(line);
  }
  finish();
  return paragraphs;
}

// The text of a comment; lines that are indented in it become a code block.
std::string comment_text(const Lines& comment) {
  std::string text;
  for (std::string_view line : comment) {
    line.remove_prefix(std::min<std::size_t>(line.starts_with("// ") ? 3 : 2, line.size()));
    text += line.starts_with("  ") ? fmt::format("    {}\n", line.substr(2))
                                   : fmt::format("{}\n", line);
  }
  return wrap(text);
}

// Declarations without the bodies of functions and macros and without the private part of a class.
std::string declarations(const Lines& code) {
  std::string text;
  const bool is_class = std::ranges::any_of(code, [](std::string_view line) {
    return line.starts_with("class ") || line.starts_with("struct ") ||
           line.starts_with("enum class ");
  });
  int depth = 0;
  bool in_macro = false;
  for (std::string_view line : code) {
    if (line.starts_with('#') && !line.starts_with("#define")) continue;
    if (in_macro || line.starts_with("#define")) {
      const bool goes_on = line.ends_with('\\');
      if (!in_macro)
        text += fmt::format("    {}\n", line.substr(0, line.find(')', line.find('(')) + 1));
      in_macro = goes_on;
      continue;
    }
    if (is_class && (line == " private:" || line == " protected:")) {
      text += "    };\n";
      break;
    }
    const int outer = depth;
    depth += opened(line);
    const int body = is_class ? 2 : 1;
    if (outer >= body) continue;
    if (depth >= body) {
      line = line.substr(0, line.find_last_not_of(" {") + 1);
      text += fmt::format("    {};\n", line);
      continue;
    }
    text += line.empty() ? "\n" : fmt::format("    {}\n", line);
  }
  return text;
}

}  // namespace

base::Result<std::string> header_section(const std::string& path, const std::string& include,
                                         std::string_view text) {
  const Lines lines = base::split_lines(text);
  const std::vector<Paragraph> paragraphs = paragraphs_of(lines);
  if (paragraphs.empty() || paragraphs[0].comment.size() < 3 || !paragraphs[0].code.empty()) {
    return std::unexpected(
        fmt::format("{}:1: the header has no comment at its top that says what it is for", path));
  }
  // The first two lines are the license and an empty one.
  const Lines top(paragraphs[0].comment.begin() + 2, paragraphs[0].comment.end());
  if (top[0].starts_with("// Internal:")) return std::string();
  std::string out = fmt::format("## {}\n\n{}\n", include, comment_text(top));
  for (std::size_t i = 1; i < paragraphs.size(); ++i) {
    const Paragraph& paragraph = paragraphs[i];
    if (paragraph.code.empty()) continue;
    if (paragraph.comment.empty()) {
      return std::unexpected(fmt::format(
          "{}:{}: \"{}\" has no comment above it. Say what it is for, or begin the comment "
          "with \"Internal:\" to keep it out of the reference.",
          path, paragraph.line, paragraph.code[0]));
    }
    if (paragraph.comment[0].starts_with("// Internal:")) continue;
    out += fmt::format("{}\n{}\n", declarations(paragraph.code), comment_text(paragraph.comment));
  }
  return out;
}

base::Result<std::string> header_reference(const std::string& root) {
  std::vector<std::string> names;
  std::error_code error;
  const std::string directory = root + "/runtime/kmod";
  for (std::filesystem::recursive_directory_iterator entry(directory, error), end;
       !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".h") continue;
    names.push_back(entry->path().lexically_relative(directory).string());
  }
  if (error) return std::unexpected(fmt::format("cannot read {}: {}", directory, error.message()));
  if (names.empty()) return std::unexpected(fmt::format("{} has no headers", directory));
  // Those of //runtime first, then those below, of libraries of their own.
  std::ranges::sort(names, {}, [](const std::string& name) {
    return std::pair(std::ranges::count(name, '/'), name);
  });
  std::string out =
      "<!-- Written by `bazel run //docs:update_reference` from the headers' comments. Do not "
      "edit. -->\n\n"
      "# The runtime's headers\n\n"
      "`deps = [\"@rules_kmod//runtime\"]` makes them available. The namespace is `kmod`.\n\n";
  for (const std::string& name : names) {
    const std::string path = "runtime/kmod/" + name;
    out += KMOD_TRY(
        header_section(path, "kmod/" + name, KMOD_TRY(base::read_file(root + "/" + path))));
  }
  out.erase(out.find_last_not_of('\n') + 1);
  return out + "\n";
}

}  // namespace kmod::reference
