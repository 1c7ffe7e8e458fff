// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_NAMES_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_NAMES_H_

#include <compare>
#include <set>
#include <string>
#include <string_view>

namespace kmod::vm {

// Something that has a name in the kernel, such as {"character device", "10 misc"}.
struct KernelName {
  std::string kind;
  std::string name;

  auto operator<=>(const KernelName&) const = default;
};

using KernelNames = std::set<KernelName>;

// What drivers register, as far as the kernel keeps a copy of the name. Only such places are read:
// /proc/misc, /proc/interrupts, /proc/iomem, /proc/filesystems, /proc/crypto, /proc/timer_list and
// the directories of /proc/sys follow pointers into the module that registered, and what a module
// left there makes the reader's kernel oops.
//
// Context: needs /proc and /sys, and debugfs at /sys/kernel/debug. A directory that a kernel does
// not have is as good as empty.
[[nodiscard]] KernelNames read_kernel_names();

// /proc/devices.
[[nodiscard]] KernelNames parse_devices(std::string_view text);

// Of /proc/<pid>/stat: a kernel thread by its name, but for workers of the kernel's work queues,
// which come and go; no thread of a program.
[[nodiscard]] KernelNames parse_thread(std::string_view stat);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_NAMES_H_
