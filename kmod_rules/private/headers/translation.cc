// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/headers/kernel_flags.h"
#include "kmod_rules/private/headers/translated_files.h"

namespace kmod::headers {
namespace {

// Headers that others disturb get another translation unit.
constexpr int kUnits = 2;

// Read first in each unit, because many headers expect what these declare, and because parts of
// these, read first by themselves, disturb others.
constexpr std::array kFirst = std::to_array<std::string_view>(
    {"linux/module.h", "linux/types.h", "linux/kernel.h", "linux/init.h", "linux/slab.h",
     "linux/fs.h", "linux/device.h", "linux/interrupt.h", "linux/mutex.h", "linux/netdevice.h"});

// Each pass leaves out what failed in the one before it.
constexpr int kMostPasses = 12;

enum class Bodies : std::uint8_t { kSkip, kRead };

using Failures = std::map<std::string, std::string>;  // by header: why

struct Report {
  std::map<unsigned, std::string> errors;  // by line
  std::vector<std::string> macros;
  std::map<std::string, unsigned> counts;

  [[nodiscard]] unsigned count(const char* what) const {
    const auto number = counts.find(what);
    return number == counts.end() ? 0 : number->second;
  }
};

base::Result<Report> parse_report(std::string_view text) {
  Report report;
  for (std::string_view line : base::split_lines(text)) {
    const std::vector<std::string_view> fields = base::split(line, '\t');
    if (fields[0] == "macro" && fields.size() == 2) {
      report.macros.emplace_back(fields[1]);
      continue;
    }
    const bool counts = fields[0] == "count" && fields.size() == 3;
    const auto number =
        base::parse_number<unsigned>(fields.size() > 1 ? fields[counts ? 2 : 1] : "");
    if (number && counts) {
      report.counts.emplace(fields[1], *number);
    } else if (number && fields[0] == "error" && fields.size() >= 3) {
      report.errors.emplace(*number, fields[2]);
    } else {
      return std::unexpected(fmt::format("the translator reported an unknown line: {}", line));
    }
  }
  return report;
}

std::string include_lines(const std::vector<std::string>& headers) {
  std::string text;
  for (const std::string& header : headers) text += fmt::format("#include <{}>\n", header);
  return text;
}

class Unit {
 public:
  Unit(const TranslationRequest& request, int number)
      : request_(request), directory_(fmt::format("{}/{}", request.scratch, number)) {}

  // Leaves the headers that can be parsed together in `headers`, and returns the others. Functions
  // of a header can still have errors.
  base::Result<Failures> select(std::vector<std::string>& headers) {
    KMOD_TRY(base::make_directories(directory_));
    Failures failed;
    for (int pass = 0; pass < kMostPasses; ++pass) {
      const Failures errors = KMOD_TRY(survey(headers, Bodies::kSkip));
      if (errors.empty()) return failed;
      std::erase_if(headers, [&](const std::string& name) { return errors.contains(name); });
      failed.insert(errors.begin(), errors.end());
    }
    for (const std::string& header : headers) failed.emplace(header, "it disturbs other headers");
    headers.clear();
    return failed;
  }

  // The same for headers with errors in functions, and for those that include such a header.
  base::Result<Failures> select_without_errors(std::vector<std::string>& headers) {
    Failures failed;
    for (int pass = 0; pass < kMostPasses; ++pass) {
      const Failures errors = KMOD_TRY(survey(headers, Bodies::kRead));
      if (errors.empty()) break;
      std::erase_if(headers, [&](const std::string& name) { return errors.contains(name); });
      failed.insert(errors.begin(), errors.end());
    }
    return failed;
  }

  base::Result<Report> translate(const std::vector<std::string>& headers) {
    std::string text = include_lines(headers);
    text += fmt::format("#include \"{}\"\n", request_.macro_functions);
    for (const std::string& macro : macros_) {
      text += fmt::format("static const __auto_type {0}{1} = ({1});\n", kCandidateVariable, macro);
    }
    return run(text, true, Bodies::kRead);
  }

  [[nodiscard]] base::Result<std::string> read(const char* name) const {
    return base::read_file(fmt::format("{}/{}", directory_, name));
  }

 private:
  // The first error of each header.
  base::Result<Failures> survey(const std::vector<std::string>& headers, Bodies bodies) {
    Report report = KMOD_TRY(run(include_lines(headers), false, bodies));
    if (report.errors.empty()) macros_ = std::move(report.macros);
    Failures failures;
    for (const auto& [line, error] : report.errors) {
      if (line != 0 && line <= headers.size()) failures.emplace(headers[line - 1], error);
    }
    return failures;
  }

  base::Result<Report> run(const std::string& text, bool output, Bodies bodies) {
    const std::string source = directory_ + "/headers.c";
    const std::string report = directory_ + "/report";
    KMOD_TRY(base::write_file(source, text));
    KMOD_TRY(base::remove_file(report));
    base::Command command;
    command.arguments = {request_.clang,
                         "-x",
                         "c",
                         "--target=x86_64-linux-gnu",
                         "--no-default-config",
                         "-no-canonical-prefixes",
                         "-fsyntax-only",
                         "-ferror-limit=0",
                         "-resource-dir",
                         request_.resource_directory};
    // Only to keep Clang from looking for a GCC of the host; nothing is read from there.
    command.arguments.push_back("--sysroot=" + request_.resource_directory);
    command.arguments.insert(command.arguments.end(), request_.flags.begin(), request_.flags.end());
    const std::vector<std::string> names = module_name_flags("headers", "headers");
    command.arguments.insert(command.arguments.end(), names.begin(), names.end());
    // The table of functions for macros is a path of the action.
    command.arguments.insert(command.arguments.end(), {"-w", "-iquote", "."});
    // Before Linux 5.16, the kernel's headers include the compiler's <stdarg.h>.
    command.arguments.insert(command.arguments.end(),
                             {"-isystem", request_.resource_directory + "/include"});
    command.arguments.push_back("-fplugin=" + request_.plugin);
    command.arguments.push_back("-fplugin-arg-translate-report=" + report);
    if (output) command.arguments.push_back("-fplugin-arg-translate-output=" + directory_);
    if (bodies == Bodies::kSkip) {
      command.arguments.emplace_back("-fplugin-arg-translate-bodies=skip");
    }
    command.arguments.push_back(source);
    command.environment = {"LC_ALL=C"};
    const base::ProcessResult result = KMOD_TRY(base::run_process(command));
    // Errors in headers make Clang fail as well; they are in the report.
    auto answer = base::read_file(report);
    if (!answer) {
      return std::unexpected(
          fmt::format("clang {} without a report:\n{}", result.describe(), result.output));
    }
    return parse_report(*answer);
  }

  const TranslationRequest& request_;
  std::string directory_;
  std::vector<std::string> macros_;
};

// What an earlier unit has, a later one does not replace.
void add_headers(std::string_view text, std::map<std::string, std::string>& headers) {
  constexpr std::string_view kMark = kHeaderMark;
  while (text.starts_with(kMark)) {
    const std::size_t line = text.find('\n');
    const std::string name(text.substr(kMark.size(), line - kMark.size()));
    text.remove_prefix(line + 1);
    const std::size_t next = text.find(fmt::format("\n{}", kMark));
    const std::size_t size = next == std::string_view::npos ? text.size() : next + 1;
    headers.emplace(name, text.substr(0, size));
    text.remove_prefix(size);
  }
}

// The third field of a line of kCallsFile, which can contain tabs of its own.
std::string_view code_of_call(std::string_view line) {
  return line.substr(line.find('\t', line.find('\t') + 1) + 1);
}

void add_calls(std::string_view text, std::map<std::string, std::string>& calls) {
  for (std::string_view line : base::split_lines(text)) {
    calls.emplace(line.substr(0, line.find('\t')), line);
  }
}

}  // namespace

base::Result<Translation> translate(const TranslationRequest& request, const HeaderList& list) {
  Translation translation;
  std::vector<std::string> remaining = list.names;
  for (int number = 0; number < kUnits && !remaining.empty(); ++number) {
    Unit unit(request, number);
    remaining.insert(remaining.begin(), kFirst.begin(), kFirst.end());
    translation.left_out = KMOD_TRY(unit.select(remaining));
    if (number == 0) {
      translation.left_out.merge(KMOD_TRY(unit.select_without_errors(remaining)));
    }
    const Report report = KMOD_TRY(unit.translate(remaining));
    if (report.count(kMacroFunctionsCount) == 0) {
      return std::unexpected(
          fmt::format("no function of {} can be compiled", request.macro_functions));
    }
    add_headers(KMOD_TRY(unit.read(kHeadersFile)), translation.headers);
    add_calls(KMOD_TRY(unit.read(kCallsFile)), translation.calls);
    if (number == 0) {
      translation.counts = report.counts;
      const std::string includes = include_lines(remaining);
      translation.c_layout = includes + KMOD_TRY(unit.read(kCLayoutFile));
      translation.cxx_layout = includes + KMOD_TRY(unit.read(kCxxLayoutFile));
      translation.c_proof = includes;
      for (const auto& [name, line] : translation.calls) {
        translation.c_proof += fmt::format("{}\n", code_of_call(line));
      }
      translation.cxx_proof = includes;
      const std::string symbols = KMOD_TRY(unit.read(kSymbolsFile));
      for (std::string_view name : base::split_lines(symbols)) {
        translation.symbols.emplace_back(name);
      }
    }
    remaining.clear();
    for (const std::string& header : list.names) {
      if (translation.left_out.contains(header)) remaining.push_back(header);
    }
    // What disturbs others is included by few.
    std::ranges::sort(remaining, {}, [&](const std::string& name) {
      const auto count = list.includers.find(name);
      const int includers = count == list.includers.end() ? 0 : static_cast<int>(count->second);
      return std::pair(-includers, name);
    });
  }
  // A header can be part of another one although it cannot be parsed by itself.
  std::erase_if(translation.left_out,
                [&](const auto& header) { return translation.headers.contains(header.first); });
  return translation;
}

}  // namespace kmod::headers
