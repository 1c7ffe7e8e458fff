// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Judges what gpgv says of a signature.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

// Reads the lines that gpgv writes with --status-fd. An archive signs with several keys, new ones
// among them that an older keyring does not have: one good signature is enough, and a bad one is
// too much. gpgv's exit status says neither.
//
// Returns the fingerprint of the key of a good signature.
//
// Errors: a bad signature; none that is good, by a key of the keyring that is valid, over SHA-256
// or stronger. The message begins with `name` and says which.
[[nodiscard]] base::Result<std::string> judge_signature(std::string_view status,
                                                        const std::string& name);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNATURE_H_
