// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The words of the linker's command line.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/module/link/link_request.h"

namespace kmod::link {

// The linker script: one section for what the compiler put into one for each function or variable.
extern const std::string_view kLinkerScript;

// The arguments of ld.lld 19, without its own name. `script` is the path of a file with
// kLinkerScript. The linker prints each file that it really links, for linked_files().
[[nodiscard]] std::vector<std::string> link_arguments(const LinkRequest& request,
                                                      const std::string& script);

// The arguments as a response file: a module of many libraries is longer than a command line can
// be.
[[nodiscard]] std::string response_file(const std::vector<std::string>& arguments);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINK_COMMAND_H_
