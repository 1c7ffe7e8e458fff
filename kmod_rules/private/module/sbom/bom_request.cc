// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/bom_request.h"

#include <utility>

namespace kmod::sbom {
namespace {

base::FlagSetter add_library(BomRequest& request) {
  return [&request](const std::string& label) -> base::Status {
    request.libraries.push_back({.label = label, .sources = {}});
    return {};
  };
}

base::FlagSetter add_source(BomRequest& request) {
  return base::pair('=', [&request](std::string path, std::string name) -> base::Status {
    if (request.libraries.empty()) return std::unexpected("comes before any --library");
    request.libraries.back().sources.push_back({std::move(path), std::move(name)});
    return {};
  });
}

base::FlagSetter add_built(BomRequest& request) {
  return base::pair('=', [&request](std::string path, std::string name) -> base::Status {
    request.built.push_back({std::move(path), std::move(name)});
    return {};
  });
}

base::FlagSetter add_tree(BomRequest& request, bool tool) {
  return [&request, tool](const std::string& path) -> base::Status {
    request.trees.push_back({.tool = tool, .path = path});
    return {};
  };
}

}  // namespace

base::Flags bom_flags(BomRequest& request) {
  using enum base::FlagCount;
  base::Flags flags("write_sbom",
                    "Build action KmodSbom: writes an SPDX document about a kernel module.");
  flags.add({"output", "FILE", "the document", kOnce}, base::text(request.output));
  flags.add({"name", "MODULE", "the module's name", kOnce}, base::text(request.name));
  flags.add({"kernel", "RELEASE", "the kernel's release", kOnce}, base::text(request.kernel));
  flags.add({"version", "TEXT", "the argument of MODULE_VERSION"}, base::text(request.version));
  flags.add({"license", "TEXT", "the argument of MODULE_LICENSE"}, base::text(request.license));
  flags.add({"built", "PATH=NAME", "an output, and its name in the document", kAny},
            add_built(request));
  flags.add({"library", "LABEL", "the library that the sources after it belong to", kAny},
            add_library(request));
  flags.add({"source", "PATH=NAME", "a source, and its name in the document", kAny},
            add_source(request));
  flags.add({"header-tree", "DIR", "packages whose headers the module includes", kAny},
            add_tree(request, false));
  flags.add({"tool-tree", "DIR", "packages whose programs made the module", kAny},
            add_tree(request, true));
  return flags;
}

}  // namespace kmod::sbom
