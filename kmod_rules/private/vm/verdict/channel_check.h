// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_CHANNEL_CHECK_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_CHANNEL_CHECK_H_

#include <optional>
#include <string>

#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// Whether what came over the channel is the whole story: no damage, nothing missing, the counts of
// the end record right. Gives what is wrong and what can be done about it.
[[nodiscard]] std::optional<std::string> check_channel(const Observation& seen);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_CHANNEL_CHECK_H_
