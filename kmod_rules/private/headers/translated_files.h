// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The files with which the plugin translator answers the program translate_headers.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATED_FILES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATED_FILES_H_

namespace kmod::headers {

// Each header in C++, after a line with the mark, its name, and the names of the headers that have
// to be included before it, with spaces between them.
inline constexpr char kHeadersFile[] = "headers";
inline constexpr char kHeaderMark[] = "@@@ ";

// Lines NAME, HEADERS and CODE, with tabs between them: the C function that C++ calls for the
// static inline function or macro NAME, and the headers that CODE needs, with spaces between them.
inline constexpr char kCallsFile[] = "calls";

// The functions and variables that C++ sees, one a line, without static inline functions.
inline constexpr char kSymbolsFile[] = "symbols";

// Lines TYPE and HEADER, with a tab between them: which header defines "struct NAME", "union NAME"
// or the typedef "NAME".
inline constexpr char kTypesFile[] = "types";

// Lines NAME, PLACE and ARGUMENTS, with tabs between them: a function of kCallsFile whose body C++
// has, the line of the kernel's file as the compiler names it, and what a test has to pass to it
// (see pure_inlines.h).
inline constexpr char kPureFile[] = "pure";

// A line of a header before the call of such a function. "#else", the body and "#endif" follow.
inline constexpr char kPureFunctionBegin[] = "#if __STDC_HOSTED__\n";

// What the plugin counts functions that stay calls as, before the reason.
inline constexpr char kStaysCallCount[] = "inline functions that stay calls: ";

// Assertions about the layout of each record.
inline constexpr char kCLayoutFile[] = "layout.c";
inline constexpr char kCxxLayoutFile[] = "layout.cc";

// A variable of the translation unit has this name and that of a macro that could be a constant,
// and the macro as its initializer.
inline constexpr char kCandidateVariable[] = "__kmod_macro_";

// What the plugin counts functions of macro_functions.h as.
inline constexpr char kMacroFunctionsCount[] = "macro functions";

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATED_FILES_H_
