// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/import_kbuild/build_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

namespace kmod::import_kbuild {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + '"';
}

// A list with one element in a line, others with a line each.
std::string list(const std::vector<std::string>& elements, const std::string& indent) {
  if (elements.empty()) return "[]";
  if (elements.size() == 1) return fmt::format("[{}]", quoted(elements[0]));
  std::string text = "[\n";
  for (const std::string& element : elements) {
    text += fmt::format("{}    {},\n", indent, quoted(element));
  }
  return text + indent + "]";
}

std::string modules_of(const ProjectTarget& target) {
  const bool with_uses = std::ranges::any_of(
      target.modules, [](const auto& module) { return !module.second.empty(); });
  if (!with_uses) {
    std::vector<std::string> names;
    names.reserve(target.modules.size());
    for (const auto& [name, uses] : target.modules) names.push_back(name);
    return list(names, "    ");
  }
  std::string text = "{\n";
  for (const auto& [name, uses] : target.modules) {
    text += fmt::format("        {}: {},\n", quoted(name), list(uses, "        "));
  }
  return text + "    }";
}

std::string variables_of(const ProjectTarget& target) {
  if (target.make_vars.size() == 1) {
    const auto& [name, value] = *target.make_vars.begin();
    return fmt::format("{{{}: {}}}", quoted(name), quoted(value));
  }
  std::string text = "{\n";
  for (const auto& [name, value] : target.make_vars) {
    text += fmt::format("        {}: {},\n", quoted(name), quoted(value));
  }
  return text + "    }";
}

std::string target_text(const ProjectTarget& target, const std::string& srcs) {
  std::string text =
      fmt::format("kernel_module_from_kbuild(\n    name = {},\n    srcs = {},\n    kbuild = {},\n",
                  quoted(target.name), srcs, quoted(target.kbuild));
  if (!target.make_vars.empty()) text += fmt::format("    make_vars = {},\n", variables_of(target));
  if (!target.module_deps.empty()) {
    text += fmt::format("    module_deps = {},\n", list(target.module_deps, "    "));
  }
  return text + fmt::format("    modules = {},\n)\n", modules_of(target));
}

}  // namespace

std::vector<std::string> glob_patterns(const std::set<std::string>& files) {
  const bool flat = std::ranges::all_of(
      files, [](const std::string& file) { return file.find('/') == std::string::npos; });
  std::set<std::string> patterns;
  for (const std::string& file : files) {
    const std::filesystem::path path(file);
    const std::string extension = path.extension().string();
    const std::string name = path.filename().string();
    const bool by_name = extension.empty() || name.starts_with("Makefile") ||
                         name.starts_with("Kbuild") || name.starts_with("Kconfig");
    patterns.insert((flat ? "" : "**/") + (by_name ? name : "*" + extension));
  }
  return {patterns.begin(), patterns.end()};
}

std::string build_file(const ProjectDescription& description, const std::string& rules) {
  std::string text =
      fmt::format("load(\"{}//kmod_rules:defs.bzl\", \"kernel_module_from_kbuild\")\n\n", rules);
  if (!description.generated.empty()) {
    text +=
        "# kbuild reads these files, and the project makes them before it calls kbuild. Check "
        "them\n"
        "# in, or write a rule that makes them, and add them to srcs:\n";
    for (const std::string& file : description.generated) text += fmt::format("#   {}\n", file);
    text += '\n';
  }
  const bool several = description.targets.size() > 1;
  const std::string glob =
      fmt::format("glob({})", list(glob_patterns(description.files), several ? "" : "    "));
  if (several) text += fmt::format("_SRCS = {}\n\n", glob);
  for (std::size_t index = 0; index < description.targets.size(); ++index) {
    if (index != 0) text += '\n';
    text += target_text(description.targets[index], several ? "_SRCS" : glob);
  }
  return text;
}

}  // namespace kmod::import_kbuild
