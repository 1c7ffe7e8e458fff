// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ranges>
#include <set>
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

// Nearly all errors show in the first passes, which can be the fast ones.
constexpr int kSkippingPasses = 2;

// What Clang does with the bodies of functions: kSkip is the fastest, and C++ cannot be made of it.
enum class Bodies : std::uint8_t { kSkip, kRead, kCheck };

using Failures = std::map<std::string, std::string>;  // by header: why

struct Report {
  std::map<unsigned, std::string> errors;  // by line
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

using Types = std::map<std::string, std::string>;  // by name: the header that defines it

// Which header defines the type that an error is about; empty if that is not known.
std::string find_needed_header(std::string_view error, const Types& types) {
  for (const std::string_view kind :
       {"incomplete type '", "incomplete element type '", "unknown type name '"}) {
    const std::size_t at = error.find(kind);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = error.substr(at + kind.size());
    const auto type = types.find(std::string(rest.substr(0, rest.find('\''))));
    return type == types.end() ? "" : type->second;
  }
  return "";
}

class Unit {
 public:
  // `types` are those of the units before.
  Unit(const TranslationRequest& request, const HeaderList& list, const Types& types, int number)
      : request_(request),
        list_(list),
        types_(types),
        directory_(fmt::format("{}/{}", request.scratch, number)) {}

  // Translates the headers that can be parsed together, leaves these in `headers`, and says in
  // `failed` why not the others. `bodies` is for errors in functions.
  base::Result<Report> translate(std::vector<std::string>& headers, Bodies bodies,
                                 Failures& failed) {
    KMOD_TRY(base::make_directories(directory_));
    int skipping = kSkippingPasses;
    for (int pass = 0; pass < kMostPasses; ++pass) {
      const bool skip = skipping-- > 0;
      Report report = KMOD_TRY(run(headers, skip ? Bodies::kSkip : bodies));
      if (report.errors.empty()) {
        if (!skip) return report;
        skipping = 0;
        continue;
      }
      Failures errors;
      for (const auto& [line, error] : report.errors) {
        if (line == 0 || line > headers.size()) {
          return std::unexpected(fmt::format("the translator reported line {}: {}", line, error));
        }
        errors.emplace(headers[line - 1], error);
      }
      include_types(headers, errors);
      add_includers(headers, failed, errors);
      std::erase_if(headers, [&](const std::string& name) { return errors.contains(name); });
      failed.insert(errors.begin(), errors.end());
    }
    for (const std::string& header : headers) failed.emplace(header, "it disturbs other headers");
    headers.clear();
    return run(headers, bodies);
  }

  [[nodiscard]] base::Result<std::string> read(const char* name) const {
    return base::read_file(fmt::format("{}/{}", directory_, name));
  }

 private:
  // A header that needs a type of another one gets that one in front of it, instead of an error.
  void include_types(std::vector<std::string>& headers, Failures& errors) {
    std::vector<std::string> result;
    for (std::string& header : headers) {
      if (const auto error = errors.find(header); error != errors.end()) {
        std::string needed = find_needed_header(error->second, types_);
        if (!needed.empty() && needed != header && included_.emplace(header, needed).second) {
          errors.erase(error);
          result.push_back(std::move(needed));
        }
      }
      result.push_back(std::move(header));
    }
    headers = std::move(result);
  }

  // If an error is in a header that failed in two earlier passes, all that include it fail. Before,
  // another header can have disturbed it: linux/memcontrol.h of 5.10 can be read in the third pass.
  void add_includers(const std::vector<std::string>& headers, const Failures& failed,
                     Failures& errors) {
    std::map<std::string, std::string> files;  // with an error: what it is
    for (const std::string& error : std::views::values(errors)) {
      files.emplace(error.substr(0, error.find(':')), error);
    }
    for (const auto& [file, error] : files) {
      const int passes = ++failed_passes_[file];
      if (passes < (error.ends_with("file not found") ? 2 : 3)) continue;
      for (const std::string& header : std::views::keys(failed)) {
        if (!file.ends_with("/" + header)) continue;
        const auto includers = list_.all_includers(header);
        for (const std::string& name : headers) {
          if (includers.contains(name)) errors.emplace(name, error);
        }
      }
    }
  }

  base::Result<Report> run(const std::vector<std::string>& headers, Bodies bodies) {
    const std::string source = directory_ + "/headers.c";
    const std::string report = directory_ + "/report";
    KMOD_TRY(base::write_file(
        source, include_lines(headers) +
                    (bodies == Bodies::kSkip ? ""
                                             : fmt::format("#include \"{}\"\n#pragma kmod_macros\n",
                                                           request_.macro_functions))));
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
    // To look for similar names takes half of the time. A macro with a name that is unknown here
    // would get the value of another one.
    command.arguments.emplace_back("-fno-spell-checking");
    // Before Linux 5.16, the kernel's headers include the compiler's <stdarg.h>.
    command.arguments.insert(command.arguments.end(),
                             {"-isystem", request_.resource_directory + "/include"});
    command.arguments.push_back("-fplugin=" + request_.plugin);
    command.arguments.push_back("-fplugin-arg-translate-report=" + report);
    command.arguments.push_back(fmt::format("-fplugin-arg-translate-headers={}", headers.size()));
    if (bodies == Bodies::kSkip) {
      command.arguments.emplace_back("-fplugin-arg-translate-bodies=skip");
    } else {
      command.arguments.push_back("-fplugin-arg-translate-output=" + directory_);
    }
    if (bodies == Bodies::kCheck) {
      // Only of the first unit: what is known of its order would not hold for the other one.
      command.arguments.emplace_back("-fplugin-arg-translate-inlines=pure");
      command.arguments.emplace_back("-fplugin-arg-translate-bodies=check");
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
  const HeaderList& list_;
  const Types& types_;
  std::string directory_;
  std::set<std::pair<std::string, std::string>> included_;  // by include_types()
  std::map<std::string, int> failed_passes_;  // by file: how many passes found an error in it
};

// What an earlier unit has, a later one does not replace.
void add_headers(std::string_view text, Translation& translation) {
  constexpr std::string_view kMark = kHeaderMark;
  while (text.starts_with(kMark)) {
    const std::size_t line = text.find('\n');
    const auto names = base::words(text.substr(kMark.size(), line - kMark.size()));
    const std::string name(names[0]);
    text.remove_prefix(line + 1);
    const std::size_t next = text.find(fmt::format("\n{}", kMark));
    const std::size_t size = next == std::string_view::npos ? text.size() : next + 1;
    if (translation.headers.emplace(name, text.substr(0, size)).second && names.size() > 1) {
      translation.first_headers[name].assign(names.begin() + 1, names.end());
    }
    text.remove_prefix(size);
  }
}

void add_calls(std::string_view text, std::map<std::string, std::string>& calls) {
  for (std::string_view line : base::split_lines(text)) {
    calls.emplace(line.substr(0, line.find('\t')), line);
  }
}

void add_pure(std::string_view text, std::map<std::string, PureFunction>& pure) {
  for (std::string_view line : base::split_lines(text)) {
    const std::vector<std::string_view> fields = base::split(line, '\t');
    if (fields.size() == 3) {
      pure.emplace(fields[0], PureFunction{.place = std::string(fields[1]),
                                           .arguments = std::string(fields[2])});
    }
  }
}

}  // namespace

// The third field, which can contain tabs of its own.
std::string_view code_of_call(std::string_view line) {
  return line.substr(line.find('\t', line.find('\t') + 1) + 1);
}

void drop_pure(const std::set<std::string>& places, Translation& translation) {
  std::set<std::string> names;
  std::erase_if(translation.pure, [&](const auto& function) {
    if (!places.contains(function.second.place)) return false;
    names.insert(function.first);
    return true;
  });
  translation.counts[fmt::format("{}C++ cannot compile it", kStaysCallCount)] +=
      static_cast<unsigned>(names.size());
  for (auto& [header, text] : translation.headers) {
    const std::string_view begin = kPureFunctionBegin;
    for (std::size_t at = text.find(begin); at != std::string::npos;
         at = text.find(begin, at + 1)) {
      const std::size_t call = at + begin.size();
      const std::string line = text.substr(call, text.find('\n', call) - call);
      const bool dropped = std::ranges::any_of(names, [&](const std::string& name) {
        return line.contains(fmt::format("\"__kmod_call_{}\"", name));
      });
      if (dropped) text.replace(at, begin.size(), "#if 1\n");
    }
  }
}

base::Result<Translation> translate(const TranslationRequest& request, const HeaderList& list) {
  Translation translation;
  std::vector<std::string> remaining = list.names;
  Types types;
  for (int number = 0; number < kUnits && !remaining.empty(); ++number) {
    Unit unit(request, list, types, number);
    remaining.insert(remaining.begin(), kFirst.begin(), kFirst.end());
    translation.left_out.clear();
    // In the second unit, a function with an error is better than no header.
    const Bodies bodies = number == 0 ? Bodies::kCheck : Bodies::kRead;
    const Report report = KMOD_TRY(unit.translate(remaining, bodies, translation.left_out));
    if (report.count(kMacroFunctionsCount) == 0) {
      return std::unexpected(
          fmt::format("no function of {} can be compiled", request.macro_functions));
    }
    add_headers(KMOD_TRY(unit.read(kHeadersFile)), translation);
    add_calls(KMOD_TRY(unit.read(kCallsFile)), translation.calls);
    if (number == 0) {
      translation.counts = report.counts;
      translation.includes = include_lines(remaining);
      translation.c_layout = translation.includes + KMOD_TRY(unit.read(kCLayoutFile));
      translation.cxx_layout = translation.includes + KMOD_TRY(unit.read(kCxxLayoutFile));
      translation.first_calls = translation.calls;
      add_pure(KMOD_TRY(unit.read(kPureFile)), translation.pure);
      const std::string defined = KMOD_TRY(unit.read(kTypesFile));
      for (std::string_view line : base::split_lines(defined)) {
        const std::vector<std::string_view> fields = base::split(line, '\t');
        if (fields.size() == 2) types.emplace(fields[0], fields[1]);
      }
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
      const int includers =
          count == list.includers.end() ? 0 : static_cast<int>(count->second.size());
      return std::pair(-includers, name);
    });
  }
  for (const auto& part : list.parts) {
    if (!translation.headers.contains(part.first)) translation.parts.insert(part);
  }
  // A header can be part of another one although it cannot be parsed by itself.
  std::erase_if(translation.left_out,
                [&](const auto& header) { return translation.headers.contains(header.first); });
  return translation;
}

}  // namespace kmod::headers
