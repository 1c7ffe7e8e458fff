// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The header with the answers of compile probes.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_PROBE_HEADER_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_PROBE_HEADER_H_

#include <string>
#include <vector>

namespace kmod::kbuild {

struct ProbeAnswer {
  std::string macro;
  bool compiles = false;
};

// The header's text: each macro is defined as 1, or named in a comment.
[[nodiscard]] std::string probe_header(const std::vector<ProbeAnswer>& answers);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_PROBE_HEADER_H_
