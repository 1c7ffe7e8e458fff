// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The JSON compilation database (compile_commands.json) by which clangd and other tools know how
// each source is compiled.
#ifndef KMOD_RULES_PRIVATE_COMPILE_COMMANDS_DATABASE_H_
#define KMOD_RULES_PRIVATE_COMPILE_COMMANDS_DATABASE_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::compile_commands {

// Where the paths of actions lead to. All are absolute.
struct Places {
  std::string workspace;
  std::string output_base;  // external/… of an action is below it
  std::string output_path;  // bazel-out/… of an action is below it
  std::string clang;        // for C, which kbuild compiles with the kernel's GCC
};

// The entries of the database: each C++ source that is compiled for a kernel, with the flags of its
// action, and each C source that kbuild compiles, with flags by which Clang understands it. A
// source of several targets has the flags of the first one. `actions` is the output of `bazel
// aquery --output=jsonproto` about actions of the mnemonics CppCompile and Kbuild.
//
// Errors: an action has flags of another form; the flags of the kernel of a C source are not known.
[[nodiscard]] base::Result<base::Json> make_database(const base::Json& actions,
                                                     const Places& places);

}  // namespace kmod::compile_commands

#endif  // KMOD_RULES_PRIVATE_COMPILE_COMMANDS_DATABASE_H_
