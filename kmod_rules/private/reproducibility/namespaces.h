// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs a program in the variations of the second build.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {

struct VariedRun {
  base::ProcessEnd end;
  std::vector<std::string> unvaried;  // a line for each thing that stays as it is: "clock: …"
};

// Runs the command to its end with the environment and umask of `variations`, and with another
// user, host name and clock as far as the kernel allows it: this takes namespaces that need no
// privilege, but a kernel or container may refuse them. The program inherits standard input, output
// and error.
//
// Errors: the program cannot be started.
[[nodiscard]] base::Result<VariedRun> run_varied(base::Command command,
                                                 const Variations& variations);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_
