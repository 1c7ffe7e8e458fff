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
  std::map<std::string, std::string> headers;  // by name: the text in C++
  // By name: the headers that have to be included before it, because it needs what it does not
  // include itself. Only headers that are there.
  std::map<std::string, std::vector<std::string>> first_headers;
  std::map<std::string, std::string> left_out;  // by name: why
  std::map<std::string, std::string> parts;     // by name: the header to include instead
  std::map<std::string, std::string> calls;     // by function: a line of kCallsFile
  // Of the first translation unit, which has nearly all headers: sources that include these
  // headers.
  std::string c_layout;              // asserts the layout of each record
  std::string cxx_layout;            // the same in C++
  std::string c_proof;               // has each function of `calls`
  std::string cxx_proof;             // can be followed by uses of `symbols`
  std::vector<std::string> symbols;  // functions and variables that the headers declare
  std::map<std::string, unsigned> counts;
};

// Errors: Clang cannot run, or stops without an answer.
[[nodiscard]] base::Result<Translation> translate(const TranslationRequest& request,
                                                  const HeaderList& list);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
