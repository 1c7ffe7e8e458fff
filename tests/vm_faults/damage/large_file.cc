// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <cstdint>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"

int main(int argc, char** argv) {
  namespace base = kmod::base;
  std::string output;
  std::uint32_t mib = 0;
  base::Flags flags("large_file", "Writes a file of zeros.");
  flags.add({"output", "FILE", "the file to write", base::FlagCount::kOnce}, base::text(output));
  flags.add({"mib", "COUNT", "its size in MiB", base::FlagCount::kOnce}, base::number(mib));
  return base::run_program(flags, argc, argv, [&]() -> base::Result<int> {
    KMOD_TRY(base::write_file(output, std::string(std::size_t{mib} << 20, '\0')));
    return 0;
  });
}
