// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Evaluates gpgv's report on a signature.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

// Reads the lines that gpgv writes with --status-fd. An archive signs with several keys, and an
// older keyring does not have the newest: one good signature is enough, and one bad signature is an
// error. gpgv's exit status distinguishes neither.
//
// Returns the fingerprint of the key of a good signature.
//
// Errors: a bad signature, or no good signature by a valid key of the keyring over SHA-256 or
// stronger. The message begins with `name`.
[[nodiscard]] base::Result<std::string> judge_signature(std::string_view status,
                                                        const std::string& name);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_
