// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What link_objects is asked to do: its command line, checked.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::link {

struct LinkRequest {
  enum class InputKind : std::uint8_t {
    kObject,        // linked if something references it
    kWholeObject,   // always linked
    kArchive,       // each member is linked if something references it
    kWholeArchive,  // every member is always linked
  };
  struct Input {
    InputKind kind;
    std::string path;
  };
  struct Library {
    std::string label;
    std::vector<Input> inputs = {};
    // Whether only those sections are linked that something references.
    bool collected = false;
  };

  std::string ld;
  std::string demangler;  // llvm-cxxfilt, for messages; may be empty
  std::string label;
  std::string kernel_symvers;
  std::string output;
  std::string references;
  std::string kernel_calls = {};  // the table of the kernel's headers; empty if no library has them
  std::string kernel_calls_source = {};  // the C source for what the libraries call of it
  // Symbols that the kernel or C code enters: each pulls in the object that defines it.
  std::vector<std::string> entries;
  // Symbols for other modules, the same. C can define them instead.
  std::vector<std::string> exports;
  std::vector<Library> libraries;
};

// The flags of link_objects, which fill `request`. An input belongs to the --library, or
// --collected-library, before it.
[[nodiscard]] base::Flags link_flags(LinkRequest& request);

// Errors: the result of the link could only be empty.
[[nodiscard]] base::Status check_link_request(const LinkRequest& request);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINK_REQUEST_H_
