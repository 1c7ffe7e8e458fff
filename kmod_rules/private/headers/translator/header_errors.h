// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which of the headers that the main file includes cannot be parsed, and why. Errors in functions
// count by themselves: they can be found only by reading the functions.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_

#include <map>
#include <set>
#include <string>

#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/Sema.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/SmallString.h"

namespace kmod::headers {

class HeaderErrors : public clang::DiagnosticConsumer {
 public:
  // The first lines of the main file include one header each, the next one macro_functions.h.
  HeaderErrors(clang::CompilerInstance& compiler, unsigned headers)
      : compiler_(compiler), headers_(headers) {}

  // The first error of each header, by line of the main file.
  [[nodiscard]] const std::map<unsigned, std::string>& errors() const { return errors_; }

  // The same for errors outside of functions.
  [[nodiscard]] const std::map<unsigned, std::string>& errors_outside_functions() const {
    return errors_outside_functions_;
  }

  // The files with an error.
  [[nodiscard]] std::set<clang::FileID> files() const {
    std::set<clang::FileID> files;
    for (const auto& [file, places] : places_) files.insert(file);
    return files;
  }

  // The first error within a function; empty if there is none.
  [[nodiscard]] std::string error_in(const clang::FunctionDecl& function,
                                     const clang::SourceManager& sources) const {
    const auto [file, begin] = sources.getDecomposedExpansionLoc(function.getBeginLoc());
    const auto [end_file, end] = sources.getDecomposedExpansionLoc(function.getEndLoc());
    const auto places = places_.find(file);
    if (places == places_.end() || file != end_file) return "";
    const auto place = places->second.lower_bound(begin);
    return place != places->second.end() && place->first <= end ? place->second : "";
  }

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& diagnostic) override {
    if (level < clang::DiagnosticsEngine::Error || !diagnostic.hasSourceManager()) return;
    const clang::SourceManager& sources = diagnostic.getSourceManager();
    const clang::SourceLocation place = sources.getExpansionLoc(diagnostic.getLocation());
    const clang::SourceLocation in_main = find_main_include(place, sources).place;
    if (in_main.isInvalid()) return;
    const unsigned line = sources.getExpansionLineNumber(in_main);
    // Behind the functions for macros: a macro that is no constant.
    if (line > headers_ + 1) return;
    llvm::SmallString<200> text;
    diagnostic.FormatDiagnostic(text);
    const auto [file, offset] = sources.getDecomposedLoc(place);
    places_[file].emplace(offset, std::string(text));
    if (line > headers_) return;
    const clang::PresumedLoc presumed = sources.getPresumedLoc(place);
    std::string message = std::string(text);
    if (presumed.isValid()) {
      message = std::string(presumed.getFilename()) + ":" + std::to_string(presumed.getLine()) +
                ": " + message;
    }
    if (!is_in_function(diagnostic.getID())) errors_outside_functions_.emplace(line, message);
    errors_.emplace(line, std::move(message));
  }

 private:
  // The preprocessor does not know functions.
  [[nodiscard]] bool is_in_function(unsigned diagnostic) const {
    const bool is_lexical =
        diagnostic >= clang::diag::DIAG_START_LEX && diagnostic < clang::diag::DIAG_START_PARSE;
    return !is_lexical && compiler_.hasSema() &&
           compiler_.getSema().getCurFunctionDecl() != nullptr;
  }

  clang::CompilerInstance& compiler_;
  unsigned headers_;
  std::map<unsigned, std::string> errors_;
  std::map<unsigned, std::string> errors_outside_functions_;
  std::map<clang::FileID, std::map<unsigned, std::string>> places_;  // by offset
};

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_
