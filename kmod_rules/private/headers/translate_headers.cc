// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KernelHeaders: translates the headers of a kernel to C++. `--help` lists the flags.
#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/headers/header_list.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/kernel_flags.h"
#include "kmod_rules/private/headers/layout_check.h"
#include "kmod_rules/private/headers/translation.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod::headers {
namespace {

// The C functions that tests compare with C++ are called so.
constexpr char kPurePrefix[] = "kmod_c_";

struct Request {
  std::string label;
  std::string kernel_root;
  std::string kernel_build;
  std::string output_headers;
  std::string output_calls;
  std::string output_report;
  std::string output_c_layout;
  std::string output_c_proof;
  std::string output_cxx_proof;
  std::string output_inlines_c;
  std::string output_inlines_cxx;
  std::vector<std::string> cxx_flags;
  TranslationRequest translation;
};

// In a host's C library, a header of the name is that of the kernel for user space: see
// runtime/host. Without a kernel, #pragma once would hide one of the two.
//
// `first_headers` are included before the guard of this one, because they can include it in turn.
std::string with_guard(std::string_view name, const std::vector<std::string>& first_headers,
                       std::string_view text) {
  std::string macro;
  for (const char letter : name) {
    const auto code = static_cast<unsigned char>(letter);
    // sound/ac97_codec.h is not sound/ac97/codec.h.
    macro += letter == '_' || std::isalnum(code) != 0 ? std::string(1, letter)
                                                      : fmt::format("_{:x}", code);
  }
  std::string first;
  if (!first_headers.empty()) {
    first = fmt::format(
        "#if !defined KMOD_HOST_LIBC && !defined KMOD_FIRST_{0}\n"
        "#define KMOD_FIRST_{0}\n#include <{1}>\n#endif\n",
        macro, fmt::join(first_headers, ">\n#include <"));
  }
  return first +
         fmt::format(
             "#if !__STDC_HOSTED__\n#pragma once\n#elif defined KMOD_HOST_LIBC\n#include_next "
             "<{0}>\n#endif\n"
             "#if !defined KMOD_HOST_LIBC && !defined KMOD_HEADER_{1}\n#define KMOD_HEADER_{1}\n"
             "#include <{2}>\n{3}#endif\n",
             name, macro, kHostedNamesHeader, text);
}

base::Status write_header(const Request& request, const std::string& name,
                          const std::vector<std::string>& first_headers, std::string_view text) {
  const std::filesystem::path path = std::filesystem::path(request.output_headers) / name;
  KMOD_TRY(base::make_directories(path.parent_path().string()));
  return base::write_file(path.string(), with_guard(name, first_headers, text));
}

base::Status write_headers(const Request& request, const Translation& translation) {
  KMOD_TRY(base::make_directories(request.output_headers));
  KMOD_TRY(base::write_file(fmt::format("{}/{}", request.output_headers, kHostedNamesHeader),
                            hosted_names_header()));
  for (const auto& [name, text] : translation.headers) {
    const auto first = translation.first_headers.find(name);
    KMOD_TRY(write_header(
        request, name,
        first == translation.first_headers.end() ? std::vector<std::string>{} : first->second,
        text));
    // <linux/a.h> is <uapi/linux/a.h> if the kernel has no other. Its version is generated.
    for (const std::string_view prefix : {"uapi/", "generated/uapi/"}) {
      if (!name.starts_with(prefix)) continue;
      const std::string short_name = name.substr(prefix.size());
      if (translation.headers.contains(short_name) || translation.left_out.contains(short_name)) {
        continue;
      }
      KMOD_TRY(write_header(request, short_name, {}, fmt::format("#include <{}>\n", name)));
    }
  }
  for (const auto& [name, reason] : translation.left_out) {
    // Line breaks and quotes would end the directive.
    std::string text =
        fmt::format("{} is not there for C++, because it cannot be parsed: {}", name, reason);
    base::replace_all(text, "\"", "'");
    KMOD_TRY(write_header(request, name, {}, fmt::format("#error \"{}\"\n", text)));
  }
  for (const auto& [name, whole] : translation.parts) {
    const std::string text = fmt::format("{} is a part of {}: include that instead", name, whole);
    KMOD_TRY(write_header(request, name, {}, fmt::format("#error \"{}\"\n", text)));
  }
  return {};
}

// How many of the kernel's exports the headers declare, and C++ that refers to each of those.
struct Exports {
  std::size_t all = 0;
  std::size_t declared = 0;
  std::string uses;
};

base::Result<Exports> find_exports(const Request& request, const Translation& translation) {
  const std::string file =
      fmt::format("{}/{}/Module.symvers", request.kernel_root, request.kernel_build);
  kernel::Symvers symvers;
  KMOD_TRY(symvers.add(KMOD_TRY(base::read_file(file)), file));
  const std::unordered_set<std::string_view> symbols(translation.symbols.begin(),
                                                     translation.symbols.end());
  Exports exports;
  exports.uses =
      "extern const void *const kernel_exports[];\nconst void *const kernel_exports[] = {\n";
  for (const kernel::Symvers::Export& entry : symvers.exports()) {
    ++exports.all;
    if (!symbols.contains(entry.symbol)) continue;
    ++exports.declared;
    // modpost wants the namespaces of a module by name.
    if (!entry.name_space.empty()) continue;
    exports.uses += fmt::format("(const void *)&{},\n", entry.symbol);
  }
  exports.uses += "};\n";
  return exports;
}

// C with each function that C++ calls, or that it has the body of. The latter are kmod_c_NAME, for
// tests that compare the two.
std::string c_source(const Translation& translation, bool pure) {
  std::string text = translation.includes;
  for (const auto& [name, line] : translation.first_calls) {
    if (translation.pure.contains(name) != pure) continue;
    std::string code(code_of_call(line));
    if (pure) base::replace_all(code, "__kmod_call_" + name, kPurePrefix + name);
    text += code + "\n";
  }
  return text;
}

// C++ that passes each such function and its C to compare_inline(), which the test defines.
std::string cxx_source(const Translation& translation) {
  std::string text = translation.includes;
  std::string calls;
  for (const auto& [name, function] : translation.pure) {
    const std::string declared = declared_name(name);
    text += fmt::format("extern \"C\" decltype({}) {}{};\n", declared, kPurePrefix, name);
    calls += fmt::format("compare_inline(\"{}\", {}, {}{}, \"{}\");\n", name, declared, kPurePrefix,
                         name, function.arguments);
  }
  return text + "void compare_inlines() {\n" + calls + "}\n";
}

std::string report_text(const Translation& translation, const Exports& exports) {
  std::string text = fmt::format("headers\t{}\nexports\t{}\nexports declared\t{}\n",
                                 translation.headers.size(), exports.all, exports.declared);
  for (const auto& [what, number] : translation.counts) {
    text += fmt::format("{}\t{}\n", what, number);
  }
  text += fmt::format("inline functions in C++\t{}\n", translation.pure.size());
  for (const auto& [name, reason] : translation.left_out) {
    text += fmt::format("left out\t{}\t{}\n", name, reason);
  }
  return text;
}

// Compiles the assertions and keeps nothing: no other action needs them. A function whose body is
// no C++ becomes a call.
base::Status check_cxx(const Request& request, Translation& translation) {
  const std::string source = request.output_report + ".layout.cc";
  KMOD_TRY(base::write_file(source, translation.cxx_layout));
  const LayoutCheck check = {.clang = request.translation.clang,
                             .resource_directory = request.translation.resource_directory,
                             .cxx_flags = request.cxx_flags,
                             .headers = request.output_headers,
                             .source = source};
  base::Status checked = check_layout(check);
  while (!checked) {
    const std::size_t before = translation.pure.size();
    drop_pure(lines_with_errors(checked.error()), translation);
    if (translation.pure.size() == before) break;
    KMOD_TRY(write_headers(request, translation));
    checked = check_layout(check);
  }
  (void)base::remove_file(source);
  return checked;
}

base::Status run(Request& request) {
  const auto flags = read_kernel_flags(request.kernel_root, request.kernel_build);
  if (!flags) {
    return std::unexpected(flags.error() +
                           " Call the kernel's functions from C in srcs or in a kernel_c_library.");
  }
  request.translation.flags = flags->flags;
  request.translation.scratch = request.output_report + ".scratch";
  const auto headers = KMOD_TRY(list_headers(flags->directories));
  auto translation = translate(request.translation, headers);
  std::error_code ignored;
  std::filesystem::remove_all(request.translation.scratch, ignored);
  if (!translation) return std::unexpected(translation.error());
  KMOD_TRY(write_headers(request, *translation));
  KMOD_TRY(check_cxx(request, *translation));
  std::string calls;
  for (const auto& [name, line] : translation->calls) {
    if (!translation->pure.contains(name)) calls += line + "\n";
  }
  KMOD_TRY(base::write_file(request.output_calls, calls));
  const Exports exports = KMOD_TRY(find_exports(request, *translation));
  KMOD_TRY(base::write_file(request.output_report, report_text(*translation, exports)));
  KMOD_TRY(base::write_file(request.output_c_layout, translation->c_layout));
  KMOD_TRY(base::write_file(request.output_c_proof, c_source(*translation, false)));
  KMOD_TRY(base::write_file(request.output_inlines_c, c_source(*translation, true)));
  KMOD_TRY(base::write_file(request.output_inlines_cxx, cxx_source(*translation)));
  return base::write_file(request.output_cxx_proof, translation->includes + exports.uses);
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
  flags.add({.name = "cxx-flag",
             .value = "FLAG",
             .help = "with which C++ for the kernel is compiled",
             .count = FlagCount::kAny},
            kmod::base::append(request.cxx_flags));
  add("output-c-layout", "FILE", "a source that asserts the layout of each record",
      request.output_c_layout);
  add("output-c-proof", "FILE", "a source that compiles if the C is right", request.output_c_proof);
  add("output-inlines-c", "FILE", "C of the functions that C++ has the bodies of, for tests",
      request.output_inlines_c);
  add("output-inlines-cxx", "FILE", "C++ that compares the two", request.output_inlines_cxx);
  add("output-cxx-proof", "FILE", "a source that compiles and links if the C++ is right",
      request.output_cxx_proof);
  return kmod::base::run_program(flags, argc, argv, [&]() -> kmod::base::Result<int> {
    const kmod::base::Status done = kmod::headers::run(request);
    if (done) return 0;
    fmt::print(stderr, "{}: {}\n", request.label, done.error());
    return 1;
  });
}
