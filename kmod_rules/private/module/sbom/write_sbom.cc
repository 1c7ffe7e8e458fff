// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KmodSbom: writes an SPDX document about a module.
//
//   write_sbom --output=<file> --name=<module> --kernel=<release> [--version=…] [--license=…]
//              --built=<path>=<name>... { --library=<label> --source=<path>=<name>... }...
//              { --header-tree=<path> | --tool-tree=<path> }...
//
// `@file` stands for the lines of that file.
#include <cstdio>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/sbom/bom_request.h"
#include "kmod_rules/private/module/sbom/spdx_document.h"

namespace kmod::sbom {
namespace {

std::expected<void, std::string> run(const std::vector<std::string>& command_line) {
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return std::unexpected(arguments.error());
  const auto request = parse_bom_request(*arguments);
  if (!request) return std::unexpected(request.error());
  const auto document = write_spdx(*request);
  if (!document) return std::unexpected(document.error());
  return base::write_file(request->output, *document);
}

}  // namespace
}  // namespace kmod::sbom

int main(int argc, char** argv) {
  const auto done = kmod::sbom::run({argv + 1, argv + argc});
  if (done) return 0;
  std::fprintf(stderr, "write_sbom: %s\n", done.error().c_str());
  return 1;
}
