// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KernelHeaders: translates the headers of a kernel to C++. `--help` lists the flags.
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/headers/header_list.h"
#include "kmod_rules/private/headers/kernel_flags.h"
#include "kmod_rules/private/headers/translation.h"
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"

namespace kmod::headers {
namespace {

struct Request {
  std::string label;
  std::string kernel_root;
  std::string kernel_build;
  std::string output_headers;
  std::string output_calls;
  std::string output_report;
  std::string output_c_layout;
  std::string output_cxx_layout;
  TranslationRequest translation;
};

// A path in a #line directive, relative to the directory of actions, as debug information has it.
base::Status write_header(const Request& request, const std::string& name, std::string_view text) {
  const std::filesystem::path path = std::filesystem::path(request.output_headers) / name;
  KMOD_TRY(base::make_directories(path.parent_path().string()));
  return base::write_file(path.string(), text);
}

base::Status write_headers(const Request& request, const Translation& translation) {
  for (const auto& [name, text] : translation.headers) {
    KMOD_TRY(write_header(request, name, text));
    // <linux/a.h> is <uapi/linux/a.h> if the kernel has no other.
    constexpr std::string_view kUserSpace = "uapi/";
    if (!name.starts_with(kUserSpace)) continue;
    const std::string short_name = name.substr(kUserSpace.size());
    if (translation.headers.contains(short_name) || translation.left_out.contains(short_name)) {
      continue;
    }
    KMOD_TRY(write_header(request, short_name, fmt::format("#pragma once\n#include <{}>\n", name)));
  }
  for (const auto& [name, reason] : translation.left_out) {
    // Line breaks and quotes would end the directive.
    std::string text =
        fmt::format("{} is not there for C++, because it cannot be parsed: {}", name, reason);
    base::replace_all(text, "\"", "'");
    KMOD_TRY(write_header(request, name, fmt::format("#error \"{}\"\n", text)));
  }
  return {};
}

std::string report_text(const Translation& translation) {
  std::string text = fmt::format("headers\t{}\n", translation.headers.size());
  for (const auto& [what, number] : translation.counts)
    text += fmt::format("{}\t{}\n", what, number);
  for (const auto& [name, reason] : translation.left_out) {
    text += fmt::format("left out\t{}\t{}\n", name, reason);
  }
  return text;
}

base::Status run(Request& request) {
  const std::string steps_file = fmt::format("{}/{}", request.kernel_root, kbuild::kStepsFile);
  auto steps_text = base::read_file(steps_file);
  if (!steps_text) {
    return std::unexpected(
        "the fetch of this kernel could not record what its top Makefile exports, from which the "
        "flags of its headers come. Call the kernel's functions from C in srcs or in a "
        "kernel_c_library.");
  }
  kbuild::KbuildPaths paths;
  paths.kernel_root = request.kernel_root;
  const kbuild::KbuildSteps steps = KMOD_TRY(kbuild::parse_steps(*steps_text, paths));
  const KernelFlags flags = KMOD_TRY(kernel_flags(
      steps.variables, fmt::format("{}/{}", request.kernel_root, request.kernel_build)));
  request.translation.flags = flags.flags;
  request.translation.scratch = request.output_report + ".scratch";
  const auto headers = KMOD_TRY(list_headers(flags.include));
  auto translation = translate(request.translation, headers);
  std::error_code ignored;
  std::filesystem::remove_all(request.translation.scratch, ignored);
  if (!translation) return std::unexpected(translation.error());
  KMOD_TRY(write_headers(request, *translation));
  std::string calls;
  for (const auto& [name, line] : translation->calls) calls += line + "\n";
  KMOD_TRY(base::write_file(request.output_calls, calls));
  KMOD_TRY(base::write_file(request.output_report, report_text(*translation)));
  KMOD_TRY(base::write_file(request.output_c_layout, translation->c_layout));
  return base::write_file(request.output_cxx_layout, translation->cxx_layout);
}

}  // namespace
}  // namespace kmod::headers

int main(int argc, char** argv) {
  using kmod::base::FlagCount;
  using kmod::base::text;
  kmod::headers::Request request;
  kmod::base::Flags flags("translate_headers", "Translates the headers of a kernel to C++.");
  const auto add = [&](std::string_view name, std::string_view value, std::string_view help,
                       std::string& target) {
    flags.add({.name = name, .value = value, .help = help, .count = FlagCount::kOnce},
              text(target));
  };
  add("label", "LABEL", "the target, for messages", request.label);
  add("kernel-root", "DIR", "the kernel's packages, unpacked", request.kernel_root);
  add("kernel-build", "DIR", "its build directory, below kernel-root", request.kernel_build);
  add("clang", "FILE", "the compiler", request.translation.clang);
  add("resource-directory", "DIR", "the compiler's own headers",
      request.translation.resource_directory);
  add("plugin", "FILE", "the plugin translator", request.translation.plugin);
  add("macro-functions", "FILE", "functions for macros", request.translation.macro_functions);
  add("output-headers", "DIR", "the headers", request.output_headers);
  add("output-calls", "FILE", "the C functions behind static inline functions",
      request.output_calls);
  add("output-report", "FILE", "what is translated and what is not", request.output_report);
  add("output-c-layout", "FILE", "assertions for the kernel's compiler", request.output_c_layout);
  add("output-cxx-layout", "FILE", "assertions for the C++ compiler", request.output_cxx_layout);
  return kmod::base::run_program(flags, argc, argv, [&]() -> kmod::base::Result<int> {
    const kmod::base::Status done = kmod::headers::run(request);
    if (done) return 0;
    fmt::print(stderr, "{}: {}\n", request.label, done.error());
    return 1;
  });
}
