// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The headers of a kernel that modules may include.
#ifndef KMOD_RULES_PRIVATE_HEADERS_HEADER_LIST_H_
#define KMOD_RULES_PRIVATE_HEADERS_HEADER_LIST_H_

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::headers {

struct HeaderList {
  // Each comes behind those that it includes, so that it is read with nothing but what it asks for.
  std::vector<std::string> names;
  std::unordered_map<std::string, std::vector<std::string>> includers;  // by name: who includes it
  std::map<std::string, std::string> parts;  // of other headers, by name: of which

  // The headers that include `name`, directly or not.
  [[nodiscard]] std::unordered_set<std::string> all_includers(const std::string& name) const;
};

// Finds the headers below include directories, as "linux/fs.h". As for a compiler, the first
// directory with a name counts. Parts of other headers are left out, such as linux/compiler-gcc.h,
// and headers of an architecture, which are there if one of these includes them.
//
// Errors: a file cannot be read; there are no headers.
[[nodiscard]] base::Result<HeaderList> list_headers(const std::vector<std::string>& directories);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_HEADER_LIST_H_
