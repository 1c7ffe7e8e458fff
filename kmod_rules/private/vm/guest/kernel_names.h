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

// The names that drivers have registered, where the kernel keeps a copy of the name. Other files
// are not read: /proc/misc, /proc/interrupts, /proc/iomem, /proc/filesystems, /proc/crypto,
// /proc/timer_list and the directories of /proc/sys follow pointers into the module that
// registered, and after a leak these make the kernel oops.
//
// Context: needs /proc and /sys, and debugfs at /sys/kernel/debug. A missing directory counts as
// empty.
[[nodiscard]] KernelNames read_kernel_names();

// /proc/devices.
[[nodiscard]] KernelNames parse_devices(std::string_view text);

// Parses /proc/<pid>/stat: the name of a kernel thread. Programs and the workers of work queues,
// which come and go, have no name here.
[[nodiscard]] KernelNames parse_thread(std::string_view stat);

// The PID of a kernel thread; empty for another name.
[[nodiscard]] std::string thread_pid(const KernelName& name);

// Whether a thread serves the kernel itself, by /proc/<pid>/stack: its function is one of the
// kernel that is not there to run the functions of others. The frames of a module that has gone are
// numbers, and the stack ends with them.
[[nodiscard]] bool is_thread_of_kernel(std::string_view stack);

// Those of `now` that are not in `before`. A kernel thread that ended and began again, such as
// khugepaged when it is switched on, has another PID, and is not new.
[[nodiscard]] KernelNames new_names(const KernelNames& before, const KernelNames& now);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_NAMES_H_
