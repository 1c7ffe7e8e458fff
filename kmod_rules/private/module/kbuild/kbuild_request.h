// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What run_kbuild is asked to do: its command line, checked.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"

namespace kmod::kbuild {

struct KbuildRequest {
  enum class Mode {
    kModule,   // a .ko out of C sources and prebuilt objects
    kObjects,  // C sources compiled by kbuild, and no more
  };

  std::string label;
  std::string module;        // its name; objects are for no module in particular
  std::string kernel_root;   // the kernel packages, unpacked
  std::string kernel_build;  // what make -C gets, relative to kernel_root
  std::string tools_root;    // holds usr/bin/make, sh and the compiler
  std::string cc;            // a program of tools_root
  std::string output_ko;
  std::string output_stripped;
  std::string output_symvers;
  std::string references;  // may be empty: a module without C++ has none
  Mode mode = Mode::kModule;
  // By the attribute `license`; unknown where the license is only in the C sources.
  std::optional<bool> gpl_compatible;
  std::vector<base::Pair> sources;  // file, name in the module's directory
  std::vector<std::string> objects;
  std::vector<std::string> extra_symvers;
  std::vector<base::Pair> output_objects;  // object's name in the module's directory, file
  std::vector<base::Pair> parameters;      // name, type: what the attribute `parameters` declares
  std::vector<base::Pair> make_variables;
  std::vector<std::string> ccflags;
};

// Errors name the argument: unknown, missing, given twice, not one of the values that it takes, or
// without a meaning in this mode.
[[nodiscard]] std::expected<KbuildRequest, std::string> parse_kbuild_request(
    const std::vector<base::Argument>& arguments);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_REQUEST_H_
