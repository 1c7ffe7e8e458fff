// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action KmodSbom: writes an SPDX document about a module. `--help` lists the flags.
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/sbom/bom_request.h"
#include "kmod_rules/private/module/sbom/spdx_document.h"

int main(int argc, char** argv) {
  kmod::sbom::BomRequest request;
  const kmod::base::Flags flags = kmod::sbom::bom_flags(request);
  return kmod::base::run_program(flags, argc, argv, [&]() -> kmod::base::Result<int> {
    const std::string document = KMOD_TRY(kmod::sbom::write_spdx(request));
    KMOD_TRY(kmod::base::write_file(request.output, document));
    return 0;
  });
}
