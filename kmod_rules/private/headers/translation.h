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
  // Of the headers that go into one translation unit, which are nearly all: a source for the
  // kernel's compiler and one for the C++ compiler, which assert the layout of each record.
  std::string c_layout;
  std::string cxx_layout;
  std::map<std::string, unsigned> counts;
};

// Errors: Clang cannot run, or stops without an answer.
[[nodiscard]] base::Result<Translation> translate(const TranslationRequest& request,
                                                  const HeaderList& headers);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
