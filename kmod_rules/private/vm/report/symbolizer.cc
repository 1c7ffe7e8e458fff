// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/symbolizer.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/report/stack_trace.h"

namespace kmod::vm {
namespace {

// A program's message may be too long for the log.
std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

bool is_external(const std::string& file) { return file.starts_with("external/"); }

// A function is often on the stack twice; its problem is listed once.
void add_problem(std::vector<std::string>& problems, std::string what) {
  if (std::ranges::find(problems, what) == problems.end()) problems.push_back(std::move(what));
}

}  // namespace

const SymbolFile* Symbolizer::file_of(const std::string& module) const {
  const auto found = std::ranges::find(files_, module, &SymbolFile::module);
  return found == files_.end() ? nullptr : &*found;
}

base::Result<std::vector<InlineChain>> Symbolizer::run(const SymbolFile& file,
                                                       const std::string& section,
                                                       const std::vector<std::uint64_t>& offsets,
                                                       std::vector<std::string>& problems) const {
  if (addr2line_.empty()) return std::unexpected("no --symbolizer was given");
  const base::ProcessResult result = KMOD_TRY(
      base::run_process(addr2line_command(addr2line_, file.path, section, offsets), {"LC_ALL=C"}));
  if (!result.succeeded()) {
    return std::unexpected(
        fmt::format("{} {}: {}", addr2line_, result.describe(), first_line(result.output)));
  }
  auto chains = parse_addr2line(result.output, offsets.size());
  if (!chains) {
    return std::unexpected(
        fmt::format("the output of {} is malformed: {}", addr2line_, chains.error()));
  }
  std::vector<std::string*> names;
  for (InlineChain& chain : *chains) {
    for (SourceFrame& frame : chain) {
      names.push_back(&frame.function);
      if (!frame.file.empty()) frame.file = sources_.show(frame.file);
    }
  }
  if (const auto done = demangler_.demangle(names); !done) add_problem(problems, done.error());
  return chains;
}

base::Result<std::vector<InlineChain>> Symbolizer::look_up(
    const std::string& module, const std::vector<SectionOffset>& places,
    std::vector<std::string>& problems) const {
  const SymbolFile* file = file_of(module);
  if (file == nullptr) {
    return std::unexpected(fmt::format("no --symbols were given for the module {}", module));
  }
  std::map<std::string, std::vector<std::size_t>> by_section;
  for (std::size_t i = 0; i < places.size(); ++i) by_section[places[i].section].push_back(i);
  std::vector<InlineChain> chains(places.size());
  for (const auto& [section, indices] : by_section) {
    std::vector<std::uint64_t> offsets;
    for (const std::size_t index : indices) offsets.push_back(places[index].offset);
    std::vector<InlineChain> found = KMOD_TRY(run(*file, section, offsets, problems));
    for (std::size_t i = 0; i < indices.size(); ++i) chains[indices[i]] = std::move(found[i]);
  }
  return chains;
}

void Symbolizer::symbolize_module(const SymbolFile& file, Symbolized& result) const {
  std::vector<SymbolizedFrame*> frames;
  for (SymbolizedStack& stack : result.stacks) {
    for (SymbolizedFrame& frame : stack.frames) {
      if (frame.frame.module == file.module) frames.push_back(&frame);
    }
  }
  if (frames.empty()) return;
  const auto problem = [&](const std::string& what) {
    add_problem(result.problems,
                fmt::format("the frames of {} have no line numbers: {}", file.module, what));
  };
  const auto bytes = base::read_file(file.path);
  if (!bytes) return problem(bytes.error());
  const auto symbols = ModuleSymbols::parse(*bytes);
  if (!symbols) return problem(fmt::format("{} {}", file.path, symbols.error()));

  std::vector<SectionOffset> places;
  std::vector<SymbolizedFrame*> placed;
  for (SymbolizedFrame* frame : frames) {
    const auto place = symbols->find(frame->frame);
    if (!place) {
      add_problem(result.problems, fmt::format("{} {}", file.path, place.error()));
      continue;
    }
    places.push_back(*place);
    placed.push_back(frame);
  }
  auto chains = look_up(file.module, places, result.problems);
  if (!chains) return problem(chains.error());
  std::vector<std::string*> mangled;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    InlineChain& chain = (*chains)[i];
    // Assembly code has no debug information; the kernel's frame is better.
    if (std::ranges::all_of(chain, [](const SourceFrame& f) { return f.file.empty(); })) continue;
    if (chain.back().function.empty()) {
      chain.back().function = placed[i]->frame.symbol;
      mangled.push_back(&chain.back().function);
    }
    placed[i]->chain = std::move(chain);
  }
  if (const auto done = demangler_.demangle(mangled); !done) {
    add_problem(result.problems, done.error());
  }
}

// The innermost line whose file exists. If the file is in another workspace, also the innermost
// line in the test's own workspace, where the fault more likely is.
void Symbolizer::add_excerpts(Symbolized& result) const {
  for (const SymbolizedStack& stack : result.stacks) {
    for (const SymbolizedFrame& frame : stack.frames) {
      if (!frame.frame.reliable) continue;
      for (const SourceFrame& source : frame.chain) {
        if (!result.excerpts.empty() && is_external(source.file)) continue;
        auto excerpt = sources_.excerpt(source.file, source.line);
        if (!excerpt) continue;
        result.excerpts.push_back(std::move(*excerpt));
        if (!is_external(source.file)) return;
      }
    }
  }
}

Symbolized Symbolizer::symbolize(const std::vector<StackTrace>& stacks) const {
  Symbolized result;
  for (const StackTrace& stack : stacks) {
    SymbolizedStack& symbolized = result.stacks.emplace_back(SymbolizedStack{stack.title, {}});
    for (const StackFrame& frame : stack.frames) symbolized.frames.push_back({frame, {}});
  }
  for (const SymbolFile& file : files_) symbolize_module(file, result);
  add_excerpts(result);
  return result;
}

Symbolized Symbolizer::symbolize(const Complaint& complaint) const {
  const std::vector<std::string>& lines = complaint.lines;
  const auto headline = std::ranges::find(lines, complaint.headline);
  // With panic_on_warn, the kernel prints the same stack again, with panic() on top of it.
  const auto panic =
      std::find_if(headline == lines.end() ? headline : headline + 1, lines.end(),
                   [](const std::string& line) { return line.starts_with("Kernel panic - "); });
  return symbolize(parse_stacks({lines.begin(), panic}));
}

}  // namespace kmod::vm
