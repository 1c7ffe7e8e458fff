// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What write_sbom is asked to do: its command line.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"

namespace kmod::sbom {

struct BomFile {
  std::string path;  // where it is
  std::string name;  // its name in the document: a path that is the same for every build
};

struct BomLibrary {
  std::string label;
  std::vector<BomFile> sources;
};

struct BomTree {
  bool tool = false;  // programs; otherwise headers, whose inline functions are in the module
  std::string path;
};

struct BomRequest {
  std::string output;
  std::string name;     // the module's
  std::string version;  // may be empty
  std::string license;  // the argument of MODULE_LICENSE; empty if the user's C code has it
  std::string kernel;   // its release, as in `uname -r`
  std::vector<BomFile> built;
  std::vector<BomLibrary> libraries;
  std::vector<BomTree> trees;
};

// The flags of write_sbom, which fill `request`. A source belongs to the --library before it.
[[nodiscard]] base::Flags bom_flags(BomRequest& request);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_
