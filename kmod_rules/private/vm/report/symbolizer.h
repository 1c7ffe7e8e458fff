// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_SYMBOLIZER_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_SYMBOLIZER_H_

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/vm/report/addr2line.h"
#include "kmod_rules/private/vm/report/crash_report.h"
#include "kmod_rules/private/vm/report/module_symbols.h"
#include "kmod_rules/private/vm/report/source_tree.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {

// A module's .ko that still has its debug information.
struct SymbolFile {
  std::string module;  // the module's name
  std::string path;

  bool operator==(const SymbolFile&) const = default;
};

// Turns what the kernel prints of a module's code into functions, files and lines. Runs addr2line
// once for each section of each module that a complaint names: a few milliseconds.
class Symbolizer {
 public:
  // `addr2line` is the program of binutils; empty if there is none. The paths in what this class
  // returns are those that `sources` shows.
  Symbolizer(std::string addr2line, base::Demangler demangler, std::vector<SymbolFile> files,
             SourceTree sources)
      : addr2line_(std::move(addr2line)),
        demangler_(std::move(demangler)),
        files_(std::move(files)),
        sources_(std::move(sources)) {}

  // Never fails: what cannot be had is left out, and `problems` says why.
  [[nodiscard]] Symbolized symbolize(const Complaint& complaint) const;
  [[nodiscard]] Symbolized symbolize(const std::vector<StackTrace>& stacks) const;

  // The functions and lines at places of a module, a chain for each.
  //
  // Errors: the module has no symbol file, or addr2line is missing or fails. What is less is added
  // to `problems`.
  [[nodiscard]] std::expected<std::vector<InlineChain>, std::string> look_up(
      const std::string& module, const std::vector<SectionOffset>& places,
      std::vector<std::string>& problems) const;

 private:
  [[nodiscard]] const SymbolFile* file_of(const std::string& module) const;
  [[nodiscard]] std::expected<std::vector<InlineChain>, std::string> run(
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
