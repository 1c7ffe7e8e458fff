// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Where a place of the translation unit is: in which header, and below which line of the main file.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_SOURCE_PLACES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_SOURCE_PLACES_H_

#include "clang/Basic/SourceLocation.h"
#include "clang/Basic/SourceManager.h"

namespace kmod::headers {

// Whether a file has the place, and not the compiler, its command line or the main file.
[[nodiscard]] inline bool is_of_header(clang::SourceLocation place,
                                       const clang::SourceManager& sources) {
  return place.isValid() && !sources.isWrittenInBuiltinFile(place) &&
         !sources.isWrittenInCommandLineFile(place) && !sources.isInMainFile(place);
}

struct MainInclude {
  clang::SourceLocation place;  // in the main file; invalid if the main file does not lead there
  clang::FileID header;  // which the main file includes there; invalid for a place of its own
};

// Finds the line of the main file through which a place was reached.
[[nodiscard]] inline MainInclude find_main_include(clang::SourceLocation place,
                                                   const clang::SourceManager& sources) {
  MainInclude found = {.place = sources.getExpansionLoc(place), .header = {}};
  while (found.place.isValid() && !sources.isInMainFile(found.place)) {
    found.header = sources.getFileID(found.place);
    found.place = sources.getExpansionLoc(sources.getIncludeLoc(found.header));
  }
  return found;
}

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_SOURCE_PLACES_H_
