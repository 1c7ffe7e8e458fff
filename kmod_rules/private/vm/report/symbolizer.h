// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_SYMBOLIZER_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_SYMBOLIZER_H_

#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/report/addr2line.h"
#include "kmod_rules/private/vm/report/module_symbols.h"
#include "kmod_rules/private/vm/report/source_tree.h"
#include "kmod_rules/private/vm/report/stack_trace.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {

// A frame of the kernel's stack, with its place in the sources if it is in a known module.
struct SymbolizedFrame {
  StackFrame frame;
  InlineChain chain;  // empty if only the frame is known

  bool operator==(const SymbolizedFrame&) const = default;
};

struct SymbolizedStack {
  std::string title;  // as in StackTrace
  std::vector<SymbolizedFrame> frames;

  bool operator==(const SymbolizedStack&) const = default;
};

// What the symbolizer adds to a complaint.
struct Symbolized {
  std::vector<SymbolizedStack> stacks;
  std::vector<SourceExcerpt> excerpts;  // the most likely place of the fault comes first
  std::vector<std::string> problems;    // why something is missing

  bool operator==(const Symbolized&) const = default;
};

// A module's .ko that still has its debug information.
struct SymbolFile {
  std::string module;  // the module's name
  std::string path;

  bool operator==(const SymbolFile&) const = default;
};

// Translates the places in a module that the kernel prints into functions, files and lines. Runs
// addr2line once for each section of each module in a complaint, which takes a few milliseconds.
class Symbolizer {
 public:
  // `addr2line` is the path of the program of binutils, or empty. The paths in the results are
  // those that `sources` shows.
  Symbolizer(std::string addr2line, base::Demangler demangler, std::vector<SymbolFile> files,
             SourceTree sources)
      : addr2line_(std::move(addr2line)),
        demangler_(std::move(demangler)),
        files_(std::move(files)),
        sources_(std::move(sources)) {}

  // Never fails: `problems` says what is missing and why.
  [[nodiscard]] Symbolized symbolize(const Complaint& complaint) const;
  [[nodiscard]] Symbolized symbolize(const std::vector<StackTrace>& stacks) const;

  // The functions and lines at places of a module, a chain for each.
  //
  // Errors: the module has no symbol file, or addr2line is missing or fails. Lesser errors are
  // added to `problems`.
  [[nodiscard]] base::Result<std::vector<InlineChain>> look_up(
      const std::string& module, const std::vector<SectionOffset>& places,
      std::vector<std::string>& problems) const;

 private:
  [[nodiscard]] const SymbolFile* file_of(const std::string& module) const;
  [[nodiscard]] base::Result<std::vector<InlineChain>> run(
      const SymbolFile& file, const std::string& section, const std::vector<std::uint64_t>& offsets,
      std::vector<std::string>& problems) const;
  void symbolize_module(const SymbolFile& file, Symbolized& result) const;
  void add_excerpts(Symbolized& result) const;

  std::string addr2line_;
  base::Demangler demangler_;
  std::vector<SymbolFile> files_;
  SourceTree sources_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_SYMBOLIZER_H_
