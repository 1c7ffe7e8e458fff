// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Checks of the guest that come before the checks of the test: whether it booted, and whether the
// host received everything that it sent.
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_GUEST_CHECK_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_GUEST_CHECK_H_

#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// Whether this is the last line that the kernel's decompressor prints when it cannot continue. It
// prints the line before there is a kernel log, does not end it, and halts the CPU.
[[nodiscard]] bool is_decompressor_end(std::string_view line);

// Whether the kernel prints with this line, without its time stamp, that it does without the timer
// of the processor, or that its timer does not work. On a busy host, an emulated kernel can measure
// a wrong frequency of that timer, or see no interrupt of its timer in time. It then hangs before
// init, or soon after, or panics.
[[nodiscard]] bool is_lost_timer(std::string_view line);

// How often a VM whose kernel lost its timer is booted before the host is blamed.
inline constexpr int kMaxBoots = 5;

// What the host says before it boots such a VM again, and what it blames in the end.
inline constexpr std::string_view kBootsAgain =
    "the kernel has no timer, because the host was busy: it boots again\n";
inline constexpr std::string_view kHostTooBusy =
    "the host was too busy for the kernel to measure the frequency of its timer";

// Why init may not have started, as far as the console and the sizes of memory and initramfs show:
// a part of a sentence that begins with "; ". Empty if they show nothing.
[[nodiscard]] std::string explain_boot_failure(const Observation& seen);

// Whether the record that came over the channel is complete: undamaged, with nothing missing, and
// with the counts of the end record. Returns what is wrong and what can be done about it.
[[nodiscard]] std::optional<std::string> check_channel(const Observation& seen);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_GUEST_CHECK_H_
