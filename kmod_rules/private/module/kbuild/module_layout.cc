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

// The make variable of kbuild_command().
constexpr const char* kWorkDirectory = "$(KMOD_WORK_DIRECTORY)";

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

std::string object_name(std::string_view source) { return without_extension(source) + ".o"; }

// kbuild's variable for the flags of one object.
std::string_view flag_variable(std::string_view source) {
  return source.ends_with(".S") ? "AFLAGS" : "CFLAGS";
}

std::string include_flags(const KbuildRequest& request) {
  std::string text = " -I$(src)";
  const auto add = [&](std::string_view flag, std::string_view root,
                       const std::vector<std::string>& directories) {
    for (const std::string& directory : directories) {
      text += fmt::format(" {}{}", flag, root);
      if (directory != ".") text += "/" + directory;
    }
  };
  add("-I", "$(src)", request.includes);
  add("-iquote ", kWorkDirectory, request.quote_includes);
  add("-I", kWorkDirectory, request.work_includes);
  add("-isystem ", kWorkDirectory, request.system_includes);
  return text;
}

}  // namespace

base::Status ModuleLayout::add_source(const KbuildRequest::Source& source, Use use) {
  const std::string& file = source.file;
  const std::string& name = source.name;
  const auto refused = [&](std::string_view why) {
    return std::unexpected(fmt::format("{}: the source {} {}", request_.label, file, why));
  };
  if (!stays_inside(name)) {
    return refused(
        fmt::format("would be outside the module's directory as \"{}\". Its name there has to be "
                    "relative, without . and ..",
                    name));
  }
  if (!names_.insert(name).second) {
    return refused(fmt::format("has the name of another, \"{}\". Rename one of them", name));
  }
  if (request_.mode == KbuildRequest::Mode::kProject) {
    const bool compiled = language(name) == Language::kCompiled;
    sources_.push_back(
        {.file = file, .name = name, .object = compiled ? object_name(name) : std::string()});
    return {};
  }
  if (use == Use::kIncluded) {
    sources_.push_back({.file = file, .name = name, .object = ""});
    return {};
  }
  switch (language(name)) {
    case Language::kUnknown:
      return refused(
          "is neither C (.c), assembler (.S) nor a header (.h, .inc). C++ belongs in a "
          "cc_library of deps");
    case Language::kHeader:
      sources_.push_back({.file = file, .name = name, .object = ""});
      return {};
    case Language::kCompiled:
      break;
  }
  const std::string stem = without_extension(name);
  if (stem != request_.module && stems_.contains(stem)) {
    return refused(
        fmt::format("would become the same object as another, {}.o. Rename one of them", stem));
  }
  const std::string object_stem = unused(stem, stems_);
  const std::string extension = name.substr(stem.size());
  sources_.push_back({.file = file, .name = object_stem + extension, .object = object_stem + ".o"});
  objects_.emplace(stem + ".o", object_stem + ".o");
  return {};
}

void ModuleLayout::add_prebuilt(const std::string& file) {
  const std::string stem =
      unused(fmt::format("{}_prebuilt_{}", request_.module, prebuilt_.size()), stems_);
  prebuilt_.push_back({.file = file,
                       .object = stem + ".o",
                       .cmd_file = fmt::format(".{}.o.cmd", stem),
                       .digest = stem + ".digest"});
}

base::Result<ModuleLayout> ModuleLayout::make(const KbuildRequest& request) {
  ModuleLayout layout(request);
  for (const KbuildRequest::Source& source : request.sources) {
    KMOD_TRY(layout.add_source(source, Use::kCompiled));
  }
  for (const KbuildRequest::Source& source : request.textual) {
    KMOD_TRY(layout.add_source(source, Use::kIncluded));
  }
  for (const std::string& file : request.objects) layout.add_prebuilt(file);
  if (request.mode == KbuildRequest::Mode::kProject) return layout;
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
  for (const auto& [requested, macro] : request.probes) {
    if (!layout.objects_.contains(requested)) {
      return std::unexpected(fmt::format("{}: no source makes the object {} that --probe asks for",
                                         request.label, requested));
    }
  }
  for (const auto& [name, flag] : request.source_flags) {
    if (layout.objects_.contains(object_name(name))) continue;
    std::vector<std::string> compiled;
    compiled.reserve(layout.objects_.size());
    for (const auto& [object, real_object] : layout.objects_) compiled.push_back(object);
    return std::unexpected(
        fmt::format("{}: file_copts has flags for {}, which is not among the C and assembler files "
                    "of srcs. Their objects are: {}",
                    request.label, name, base::join(compiled, ", ")));
  }
  return layout;
}

const std::string& ModuleLayout::object_for(std::string_view requested) const {
  return objects_.find(requested)->second;
}

std::string ModuleLayout::makefile() const {
  if (request_.mode == KbuildRequest::Mode::kProject) return "";
  std::string text = fmt::format("obj-m := {0}.o\n{0}-y :=", request_.module);
  for (const Source& source : sources_) {
    if (!source.object.empty()) text += " " + source.object;
  }
  for (const Prebuilt& prebuilt : prebuilt_) text += " " + prebuilt.object;
  const std::string includes = include_flags(request_);
  text += "\nccflags-y :=" + includes;
  for (const std::string& flag : request_.ccflags) text += " " + quoted_for_makefile(flag);
  text += "\nasflags-y :=" + includes;
  for (const std::string& flag : request_.asflags) text += " " + quoted_for_makefile(flag);
  text += '\n';
  // As if kbuild entered the folder: headers with TRACE_INCLUDE_PATH, for one, expect it.
  for (const Source& source : sources_) {
    const std::size_t slash = source.name.rfind('/');
    if (source.object.empty() || slash == std::string::npos) continue;
    text += fmt::format("{}_{} += -I$(src)/{}\n", flag_variable(source.name), source.object,
                        source.name.substr(0, slash));
  }
  for (const auto& [name, flag] : request_.source_flags) {
    text += fmt::format("{}_{} += {}\n", flag_variable(name), object_for(object_name(name)),
                        quoted_for_makefile(flag));
  }
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
