// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The linker's command line.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/link/link_request.h"

namespace kmod::link {

// The linker script: merges the sections that the compiler made for each function and variable.
extern const std::string_view kLinkerScript;

// The arguments of ld.lld 19, without its own name. `script` is the path of a file with
// kLinkerScript. The linker prints each file that it links, for read_linked_objects().
[[nodiscard]] std::vector<std::string> link_arguments(const LinkRequest& request,
                                                      const std::string& script);

// Appends the inputs of a library to the arguments of a linker.
void append_inputs(const LinkRequest::Library& library, std::vector<std::string>& arguments);

// The arguments as a response file: those of a module with many libraries are longer than a
// command line can be.
[[nodiscard]] std::string response_file(const std::vector<std::string>& arguments);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_
