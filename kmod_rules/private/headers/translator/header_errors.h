// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which of the headers that the main file includes cannot be parsed, and why.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_

#include <map>
#include <set>
#include <string>

#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/SmallString.h"

namespace kmod::headers {

class HeaderErrors : public clang::DiagnosticConsumer {
 public:
  // The first error, by line of the main file.
  [[nodiscard]] const std::map<unsigned, std::string>& errors() const { return errors_; }

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
    llvm::SmallString<200> text;
    diagnostic.FormatDiagnostic(text);
    const clang::PresumedLoc presumed = sources.getPresumedLoc(place);
    std::string message = std::string(text);
    if (presumed.isValid()) {
      message = std::string(presumed.getFilename()) + ":" + std::to_string(presumed.getLine()) +
                ": " + message;
    }
    errors_.emplace(sources.getExpansionLineNumber(in_main), message);
    const auto [file, offset] = sources.getDecomposedLoc(place);
    places_[file].emplace(offset, std::string(text));
  }

 private:
  std::map<unsigned, std::string> errors_;
  std::map<clang::FileID, std::map<unsigned, std::string>> places_;  // by offset
};

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_HEADER_ERRORS_H_
