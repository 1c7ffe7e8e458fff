// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a bill of materials is to be about, as the command line says it.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"

namespace kmod::sbom {

struct BomFile {
  std::string path;  // where it is
  std::string name;  // what the document calls it: a path that is the same for every build
};

struct BomLibrary {
  std::string label;
  std::vector<BomFile> sources;
};

struct BomTree {
  bool tool = false;  // programs; otherwise headers, of which inline functions are in the module
  std::string path;
};

struct BomRequest {
  std::string output;
  std::string name;     // the module's
  std::string version;  // may be empty
  std::string license;  // of MODULE_LICENSE; empty where C code of the user says it
  std::string kernel;   // what `uname -r` says
  std::vector<BomFile> built;
  std::vector<BomLibrary> libraries;
  std::vector<BomTree> trees;
};

// Errors: an argument that is not known or missing, a --source before any --library.
[[nodiscard]] std::expected<BomRequest, std::string> parse_bom_request(
    const std::vector<base::Argument>& arguments);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_BOM_REQUEST_H_
