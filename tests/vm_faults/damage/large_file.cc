// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// large_file --output=<file> --mib=<count>
// Writes a file of zeros.

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/file.h"

int main(int argc, char** argv) {
  const auto arguments = kmod::base::parse_arguments({argv + 1, argv + argc});
  if (!arguments) return 2;
  std::map<std::string, std::string> options;
  for (const auto& argument : *arguments) options[argument.name] = argument.value;
  const std::size_t size = std::strtoul(options["mib"].c_str(), nullptr, 10) << 20;
  const auto written = kmod::base::write_file(options["output"], std::string(size, '\0'));
  if (written) return 0;
  std::fprintf(stderr, "large_file: %s\n", written.error().c_str());
  return 1;
}
