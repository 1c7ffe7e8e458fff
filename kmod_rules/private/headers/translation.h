// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Translates a list of headers: runs Clang with the plugin translator until every header is either
// translated or known to be impossible.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/headers/header_list.h"

namespace kmod::headers {

struct TranslationRequest {
  std::string clang;               // the compiler
  std::string resource_directory;  // of the compiler
  std::string plugin;
  std::string macro_functions;  // the table of functions for macros
  std::vector<std::string> flags;
  std::string scratch;  // a directory for files of a run
};

struct Translation {
  std::map<std::string, std::string> headers;   // by name: the text in C++
  std::map<std::string, std::string> left_out;  // by name: why
  std::map<std::string, std::string> calls;     // by function: a line of kCallsFile
  // Of the first translation unit, which has nearly all headers. Each proof is a source that
  // includes these headers. That in C asserts the layout of each record, and has each function of
  // `calls`. That in C++ asserts the same layout, and can be followed by uses of `symbols`.
  std::string c_proof;
  std::string cxx_proof;
  std::vector<std::string> symbols;  // functions and variables that the headers declare
  std::map<std::string, unsigned> counts;
};

// Errors: Clang cannot run, or stops without an answer.
[[nodiscard]] base::Result<Translation> translate(const TranslationRequest& request,
                                                  const HeaderList& list);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
