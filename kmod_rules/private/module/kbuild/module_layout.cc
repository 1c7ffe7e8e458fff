// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_layout.h"

#include <algorithm>
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

// `wanted`, or with as many underscores after it as make it new.
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

std::expected<ModuleLayout, std::string> ModuleLayout::make(const KbuildRequest& request) {
  ModuleLayout plan;
  plan.module_ = request.module;
  plan.ccflags_ = request.ccflags;
  std::set<std::string> names;
  std::set<std::string> stems = {request.module, request.module + ".mod"};
  for (const auto& [file, name] : request.sources) {
    const auto refused = [&, &file = file](const std::string& why) {
      return std::unexpected(request.label + ": the source " + file + " " + why);
    };
    if (!stays_inside(name)) {
      return refused("would be outside the module's directory as \"" + name +
                     "\". Its name there has to be relative, without . and ..");
    }
    if (!names.insert(name).second) {
      return refused("has the name of another, \"" + name + "\". Rename one of them");
    }
    switch (language(name)) {
      case Language::kUnknown:
        return refused(
            "is neither C (.c), assembler (.S) nor a header (.h, .inc). C++ belongs in a "
            "cc_library of deps");
      case Language::kHeader:
        plan.sources_.push_back({.file = file, .name = name, .object = ""});
        break;
      case Language::kCompiled: {
        const std::string stem = without_extension(name);
        if (stem != request.module && stems.contains(stem)) {
          return refused("would become the same object as another, " + stem +
                         ".o. Rename one of them");
        }
        const std::string object_stem = unused(stem, stems);
        const std::string extension = name.substr(stem.size());
        plan.sources_.push_back(
            {.file = file, .name = object_stem + extension, .object = object_stem + ".o"});
        plan.renamed_.push_back({stem + ".o", object_stem + ".o"});
        break;
      }
    }
  }
  for (const std::string& file : request.objects) {
    const std::string stem =
        unused(request.module + "_prebuilt_" + std::to_string(plan.prebuilt_.size()), stems);
    plan.prebuilt_.push_back({.file = file,
                              .object = stem + ".o",
                              .cmd_file = "." + stem + ".o.cmd",
                              .digest = stem + ".digest"});
  }
  if (plan.renamed_.empty() && plan.prebuilt_.empty()) {
    return std::unexpected(
        request.label +
        ": there is nothing to build. Give it C sources in srcs or C++ libraries in deps");
  }
  for (const auto& [requested, file] : request.output_objects) {
    if (std::ranges::find(plan.renamed_, requested, &base::Pair::left) == plan.renamed_.end()) {
      return std::unexpected(request.label + ": no source makes the object " + requested +
                             " that --output-object asks for");
    }
  }
  return plan;
}

const std::string& ModuleLayout::object_for(std::string_view requested) const {
  return std::ranges::find(renamed_, requested, &base::Pair::left)->right;
}

std::string ModuleLayout::makefile() const {
  std::string text = "obj-m := " + module_ + ".o\n" + module_ + "-y :=";
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
  const std::string object = directory + "/" + prebuilt.object;
  return "source_" + object + " := " + directory + "/" + prebuilt.digest + "\n\ndeps_" + object +
         " := \\\n\n";
}

std::string digest_contents(std::string_view object) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(object.size() * 2 + 1);
  for (const char byte : object) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return text + "\n";
}

}  // namespace kmod::kbuild
