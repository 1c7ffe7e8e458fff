// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/compiler_diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

using Source = KbuildRequest::Source;

// Directories of the kernel's own headers.
constexpr std::array<std::string_view, 14> kKernelDirectories = {
    "acpi/",     "asm/",   "asm-generic/", "crypto/", "drm/",  "generated/", "linux/",
    "math-emu/", "media/", "net/",         "rdma/",   "scsi/", "sound/",     "uapi/"};

// "a.c" of "a.c:2:10: error: …".
std::string_view place_of(std::string_view line) { return line.substr(0, line.find(':')); }

std::vector<Source> all_sources(const KbuildRequest& request) {
  std::vector<Source> sources = request.sources;
  sources.insert(sources.end(), request.textual.begin(), request.textual.end());
  return sources;
}

// A file of the target that the path would find from another directory: the directory, and the
// file.
std::pair<std::string, std::string> find_header(std::string_view path,
                                                const std::vector<Source>& sources) {
  const std::string end = fmt::format("/{}", path);
  for (const Source& source : sources) {
    if (!source.name.ends_with(end)) continue;
    return {source.name.substr(0, source.name.size() - end.size()), source.file};
  }
  return {};
}

std::string explain_missing_header(std::string_view includer, std::string_view path,
                                   const KbuildRequest& request) {
  const bool project = request.mode == KbuildRequest::Mode::kProject;
  const auto [directory, file] = find_header(path, all_sources(request));
  if (!file.empty()) {
    return fmt::format(
        "{}: {} includes {}, which is {} and not in a directory that C is compiled with. {}",
        request.label, includer, path, file,
        project ? fmt::format("Add -I$(src)/{} to ccflags-y of the Makefile, relative to its own "
                              "directory.",
                              directory)
                : fmt::format("Add includes = [\"{}\"].", directory));
  }
  const bool of_kernel = std::ranges::any_of(
      kKernelDirectories, [&](std::string_view known) { return path.starts_with(known); });
  if (of_kernel) {
    return fmt::format(
        "{}: {} includes <{}>, which the headers of this kernel do not have. The header is of "
        "another version of the kernel, or belongs to the kernel's own source and is not for "
        "modules. A kernel_config_header tells C which headers and functions a kernel has.",
        request.label, includer, path);
  }
  return fmt::format(
      "{}: {} includes {}, which is neither a file of the target nor a header of the kernel. Add "
      "the file to srcs{}.",
      request.label, includer, path, project ? "" : ", or the library that has it in hdrs to deps");
}

std::string explain_undeclared(std::string_view caller, std::string_view function,
                               const KbuildRequest& request) {
  return fmt::format(
      "{}: {} calls {}(), which no header that it includes declares. Include the header that does. "
      "If this kernel has no such function, a kernel_config_header tells C which of two interfaces "
      "the kernel has.",
      request.label, caller, function);
}

// `place` is the source and the function that the compiler is in.
std::string explain_flag_or_float(std::string_view line, std::string_view place,
                                  const KbuildRequest& request) {
  if (line.contains("error: SSE register ") || line.contains("with SSE disabled")) {
    return fmt::format(
        "{}: {} uses floating point, whose registers belong to the user's program. Use integers, "
        "and fixed-point arithmetic for fractions. Code between kernel_fpu_begin() and "
        "kernel_fpu_end() is a source of its own, with its flags in file_copts.",
        request.label, place);
  }
  if (line.contains("error: code model kernel does not support PIC mode")) {
    return fmt::format(
        "{}: its C is compiled with -fPIC or -fPIE, and a kernel cannot load such code. Remove the "
        "flag from copts and file_copts.",
        request.label);
  }
  return "";
}

// Whether the text includes a file of that name, by whatever path.
bool includes(std::string_view text, std::string_view name) {
  const std::string_view base_name = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  for (const std::string_view line : base::split_lines(text)) {
    if (!line.starts_with("#include")) continue;
    const auto path = base::between(line, "\"", "\"");
    if (!path) continue;
    if (*path == base_name || path->ends_with(fmt::format("/{}", base_name))) return true;
  }
  return false;
}

// A source that is compiled and that another one includes.
std::string explain_included_source(const KbuildRequest& request) {
  for (const Source& source : request.sources) {
    const auto text = base::read_file(source.file);
    if (!text) continue;
    for (const Source& included : request.sources) {
      if (&included == &source || !included.name.ends_with(".c")) continue;
      if (!includes(*text, included.name)) continue;
      return fmt::format(
          "{}: {} includes {}, and srcs has both, so the second is compiled twice. Move it from "
          "srcs to textual_hdrs.",
          request.label, source.file, included.file);
    }
  }
  return "";
}

std::string explain_defined_twice(const std::string& symbol, const KbuildRequest& request,
                                  const DiagnosisContext& context) {
  std::vector<std::string> owners;
  for (const link::SymbolDefinition& definition : context.definitions) {
    if (definition.symbol == symbol &&
        std::ranges::find(owners, definition.library) == owners.end()) {
      owners.push_back(definition.library);
    }
  }
  return fmt::format(
      "{}: {} is defined more than once{}{}. Declare it static in all but one, or rename it.",
      request.label, symbol, owners.empty() ? "" : ", by ", base::join(owners, " and "));
}

}  // namespace

std::vector<std::string> diagnose_compiler(std::string_view log, const KbuildRequest& request,
                                           const DiagnosisContext& context) {
  std::vector<std::string> messages;
  const auto add = [&](std::string message) {
    if (message.empty() || std::ranges::find(messages, message) != messages.end()) return;
    messages.push_back(std::move(message));
  };
  std::set<std::string> defined_twice;
  std::string place = "a source";
  for (const std::string_view line : base::split_lines(log)) {
    if (const auto header = base::between(line, ": fatal error: ", ": No such file or directory")) {
      add(explain_missing_header(place_of(line), *header, request));
    }
    if (const auto function =
            base::between(line, "error: implicit declaration of function '", "'")) {
      add(explain_undeclared(place_of(line), *function, request));
    }
    if (const auto function = base::between(line, ": In function '", "'")) {
      place = fmt::format("{} in {}()", place_of(line), *function);
    }
    add(explain_flag_or_float(line, place, request));
    if (const auto symbol = base::between(line, "multiple definition of `", "'")) {
      defined_twice.emplace(*symbol);
    }
  }
  if (defined_twice.empty() || request.mode == KbuildRequest::Mode::kProject) return messages;
  if (std::string message = explain_included_source(request); !message.empty()) {
    add(std::move(message));
    return messages;
  }
  for (const std::string& symbol : defined_twice) {
    add(explain_defined_twice(symbol, request, context));
  }
  return messages;
}

}  // namespace kmod::kbuild
