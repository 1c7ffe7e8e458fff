// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Translates a list of headers: runs Clang with the plugin translator until every header is either
// translated or known to be impossible.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
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

// A static inline function whose body C++ has.
struct PureFunction {
  std::string place;      // the line of the kernel's file: "include/linux/list.h:30"
  std::string arguments;  // what a test passes to it: see translator/pure_inlines.h
};

struct Translation {
  std::map<std::string, std::string> headers;  // by name: the text in C++
  // By name: the headers that have to be included before it, because it needs what it does not
  // include itself. Only headers that are there.
  std::map<std::string, std::vector<std::string>> first_headers;
  std::map<std::string, std::string> left_out;  // by name: why
  std::map<std::string, std::string> parts;     // by name: the header to include instead
  std::map<std::string, std::string> calls;     // by function: a line of kCallsFile
  std::map<std::string, PureFunction> pure;     // by function, each of which is in `calls` as well
  // Of the first translation unit, which has nearly all headers: a source that includes these
  // headers, and sources that include them and more.
  std::string includes;
  std::string c_layout;                            // asserts the layout of each record
  std::string cxx_layout;                          // the same in C++
  std::map<std::string, std::string> first_calls;  // `calls` of these headers
  std::vector<std::string> symbols;  // functions and variables that the headers declare
  std::map<std::string, unsigned> counts;
};

// Has C++ call the pure functions at the places, because it cannot compile their bodies.
void drop_pure(const std::set<std::string>& places, Translation& translation);

// The C of a line of kCallsFile.
[[nodiscard]] std::string_view code_of_call(std::string_view line);

// Errors: Clang cannot run, or stops without an answer.
[[nodiscard]] base::Result<Translation> translate(const TranslationRequest& request,
                                                  const HeaderList& list);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATION_H_
