// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_layout.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

enum class Language { kCompiled, kHeader, kUnknown };

Language language(std::string_view name) {
  const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size()));
  if (extension == ".c" || extension == ".S") return Language::kCompiled;
  if (extension == ".h" || extension == ".inc") return Language::kHeader;
  return Language::kUnknown;
}

bool stays_inside(std::string_view name) {
  const auto parts = base::split(name, '/');
  return std::ranges::none_of(
      parts, [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

std::string without_extension(std::string_view name) {
  return std::string(name.substr(0, name.rfind('.')));
}

// `wanted`, with as many underscores after it as it takes to be unused.
std::string unused(std::string wanted, std::set<std::string>& used) {
  while (!used.insert(wanted).second) wanted += '_';
  return wanted;
}

// A flag on its way through make and then the shell.
std::string quoted_for_makefile(std::string_view flag) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
  std::string text;
  const bool plain = flag.find_first_not_of(kPlain) == std::string_view::npos;
  if (!plain) text += '\'';
  for (const char letter : flag) {
    if (letter == '\'') {
      text += "'\\''";
    } else if (letter == '$') {
      text += "$$";
    } else if (letter == '#') {
      text += "\\#";
    } else {
      text += letter;
    }
  }
  if (!plain) text += '\'';
  return text;
}

}  // namespace

base::Result<ModuleLayout> ModuleLayout::make(const KbuildRequest& request) {
  ModuleLayout layout;
  layout.module_ = request.module;
  layout.ccflags_ = request.ccflags;
  std::set<std::string> names;
  std::set<std::string> stems = {request.module, request.module + ".mod"};
  for (const auto& [file, name] : request.sources) {
    const auto refused = [&, &file = file](std::string_view why) {
      return std::unexpected(fmt::format("{}: the source {} {}", request.label, file, why));
    };
    if (!stays_inside(name)) {
      return refused(
          fmt::format("would be outside the module's directory as \"{}\". Its name there has to be "
                      "relative, without . and ..",
                      name));
    }
    if (!names.insert(name).second) {
      return refused(fmt::format("has the name of another, \"{}\". Rename one of them", name));
    }
    switch (language(name)) {
      case Language::kUnknown:
        return refused(
            "is neither C (.c), assembler (.S) nor a header (.h, .inc). C++ belongs in a "
            "cc_library of deps");
      case Language::kHeader:
        layout.sources_.push_back({.file = file, .name = name, .object = ""});
        break;
      case Language::kCompiled: {
        const std::string stem = without_extension(name);
        if (stem != request.module && stems.contains(stem)) {
          return refused(fmt::format(
              "would become the same object as another, {}.o. Rename one of them", stem));
        }
        const std::string object_stem = unused(stem, stems);
        const std::string extension = name.substr(stem.size());
        layout.sources_.push_back(
            {.file = file, .name = object_stem + extension, .object = object_stem + ".o"});
        layout.objects_.emplace(stem + ".o", object_stem + ".o");
        break;
      }
    }
  }
  for (const std::string& file : request.objects) {
    const std::string stem =
        unused(fmt::format("{}_prebuilt_{}", request.module, layout.prebuilt_.size()), stems);
    layout.prebuilt_.push_back({.file = file,
                                .object = stem + ".o",
                                .cmd_file = fmt::format(".{}.o.cmd", stem),
                                .digest = stem + ".digest"});
  }
  if (layout.objects_.empty() && layout.prebuilt_.empty()) {
    return std::unexpected(fmt::format(
        "{}: there is nothing to build. Give it C sources in srcs or C++ libraries in deps",
        request.label));
  }
  for (const auto& [requested, file] : request.output_objects) {
    if (!layout.objects_.contains(requested)) {
      return std::unexpected(
          fmt::format("{}: no source makes the object {} that --output-object asks for",
                      request.label, requested));
    }
  }
  return layout;
}

const std::string& ModuleLayout::object_for(std::string_view requested) const {
  return objects_.find(requested)->second;
}

std::string ModuleLayout::makefile() const {
  std::string text = fmt::format("obj-m := {0}.o\n{0}-y :=", module_);
  for (const Source& source : sources_) {
    if (!source.object.empty()) text += " " + source.object;
  }
  for (const Prebuilt& prebuilt : prebuilt_) text += " " + prebuilt.object;
  text += "\nccflags-y := -I$(src)";
  for (const std::string& flag : ccflags_) text += " " + quoted_for_makefile(flag);
  text += "\nasflags-y := -I$(src)\n";
  return text;
}

std::string cmd_file_contents(const ModuleLayout::Prebuilt& prebuilt,
                              const std::string& directory) {
  const std::string object = fmt::format("{}/{}", directory, prebuilt.object);
  return fmt::format("source_{0} := {1}/{2}\n\ndeps_{0} := \\\n\n", object, directory,
                     prebuilt.digest);
}

std::string digest_contents(std::string_view object) {
  std::string text;
  text.reserve(object.size() * 2 + 1);
  for (const char byte : object) {
    fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(byte));
  }
  return text + "\n";
}

}  // namespace kmod::kbuild
