// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What link_objects is asked to do: its command line, checked.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"

namespace kmod::link {

struct LinkRequest {
  enum class Kind {
    kObject,        // linked when something references it
    kWholeObject,   // always linked
    kArchive,       // each member is linked when something references it
    kWholeArchive,  // every member is always linked
  };
  struct Input {
    Kind kind;
    std::string path;
  };
  struct Library {
    std::string label;
    std::vector<Input> inputs;
  };

  std::string ld;
  std::string label;
  std::string kernel_symvers;
  std::string output;
  std::string references;
  // Symbols that are entered from outside: each pulls in the object that defines it.
  std::vector<std::string> entries;
  std::vector<Library> libraries;
};

// Errors name the argument: unknown, missing, given twice, an input before the first --library; and
// a link that could only be empty.
[[nodiscard]] std::expected<LinkRequest, std::string> parse_link_request(
    const std::vector<base::Argument>& arguments);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_
