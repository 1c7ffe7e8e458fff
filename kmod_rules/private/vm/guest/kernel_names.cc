// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/kernel_names.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> list(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  return names;
}

void add_entries(const char* kind, const std::string& directory, const std::string& prefix,
                 KernelNames& names) {
  for (const std::string& name : list(directory)) names.insert({kind, prefix + name});
}

void add_buses(KernelNames& names) {
  for (const std::string& bus : list("/sys/bus")) {
    const std::string directory = "/sys/bus/" + bus;
    names.insert({"bus", bus});
    add_entries("driver", directory + "/drivers", bus + "/", names);
    add_entries("device", directory + "/devices", bus + "/", names);
  }
}

void add_interrupt_handlers(KernelNames& names) {
  for (const std::string& interrupt : list("/proc/irq")) {
    if (!is_number(interrupt)) continue;
    const std::string directory = "/proc/irq/" + interrupt;
    for (const std::string& name : list(directory)) {
      std::error_code error;
      // A handler is a directory among the settings.
      if (std::filesystem::is_directory(directory + "/" + name, error)) {
        names.insert({"interrupt handler", interrupt + "/" + name});
      }
    }
  }
}

// The caches by name. The kernel merges similar caches into one whose name begins with a colon, and
// each of the merged caches has an entry of its own.
void add_slab_caches(KernelNames& names) {
  for (const std::string& cache : list("/sys/kernel/slab")) {
    if (!cache.starts_with(':')) names.insert({"slab cache", cache});
  }
}

void add_proc_entries(KernelNames& names) {
  for (const std::string& entry : list("/proc")) {
    if (!is_number(entry)) {
      names.insert({"/proc entry", entry});
    } else if (const auto stat = base::read_file("/proc/" + entry + "/stat")) {
      names.merge(parse_thread(*stat));
    }
  }
  // Not all directories: files of processes, and /proc/sys, where a look follows pointers.
  for (const char* directory : {"bus", "driver", "fs", "net", "tty", "tty/driver"}) {
    add_entries("/proc entry", std::string("/proc/") + directory, std::string(directory) + "/",
                names);
  }
}

// The entries at the top of debugfs, and those in their directories. Slab caches have names of
// their own in add_slab_caches(), and a look at tracing mounts another file system.
void add_debugfs_entries(KernelNames& names) {
  constexpr const char* kKind = "debugfs entry";
  const std::string root = "/sys/kernel/debug";
  for (const std::string& name : list(root)) {
    names.insert({kKind, name});
    if (name == "slab" || name == "tracing") continue;
    add_entries(kKind, root + "/" + name, name + "/", names);
  }
}

constexpr const char* kThread = "kernel thread";
constexpr const char* kPid = ", pid ";

// Functions of threads that the kernel makes for a module.
constexpr std::string_view kFunctionsForOthers[] = {"irq_thread", "kthread_worker_fn",
                                                    "rescuer_thread", "smpboot_thread_fn"};

std::string_view thread_name(const KernelName& name) {
  return std::string_view(name.name).substr(0, name.name.rfind(kPid));
}

}  // namespace

KernelNames read_kernel_names() {
  KernelNames names;
  for (const std::string& name : list("/sys/class")) {
    names.insert({"device class", name});
    add_entries("device", "/sys/class/" + name, name + "/", names);
  }
  add_buses(names);
  add_interrupt_handlers(names);
  add_slab_caches(names);
  add_proc_entries(names);
  add_entries("kernel object", "/sys/kernel", "/sys/kernel/", names);
  add_entries("kernel object", "/sys/fs", "/sys/fs/", names);
  add_debugfs_entries(names);
  if (const auto devices = base::read_file("/proc/devices")) names.merge(parse_devices(*devices));
  return names;
}

KernelNames parse_devices(std::string_view text) {
  KernelNames names;
  std::string kind;
  for (std::string_view line : base::split_lines(text)) {
    if (line.starts_with("Character")) kind = "character device";
    if (line.starts_with("Block")) kind = "block device";
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (is_number(line.substr(0, line.find(' ')))) names.insert({kind, std::string(line)});
  }
  return names;
}

KernelNames parse_thread(std::string_view stat) {
  // 395 (leak_kthread) D 2 0 0 0 -1 2129984 ...: the name may hold spaces and parentheses.
  constexpr std::size_t kFlags = 6;                    // of the fields after the name
  constexpr std::uint64_t kKernelThread = 0x00200000;  // PF_KTHREAD
  constexpr std::uint64_t kWorker = 0x00000020;        // PF_WQ_WORKER
  const std::size_t begin = stat.find('(');
  const std::size_t end = stat.rfind(") ");
  if (begin == std::string_view::npos || begin == 0 || end == std::string_view::npos) return {};
  const std::vector<std::string_view> fields = base::split(stat.substr(end + 2), ' ');
  const std::uint64_t flags =
      fields.size() > kFlags ? base::parse_number<std::uint64_t>(fields[kFlags]).value_or(0) : 0;
  const std::string_view name = stat.substr(begin + 1, end - begin - 1);
  if ((flags & kKernelThread) == 0) return {};
  // The rescuer of a work queue is a worker too. Newer kernels call it kworker/R-QUEUE.
  const bool comes_and_goes = name.starts_with("kworker/") && !name.starts_with("kworker/R-");
  if (comes_and_goes && (flags & kWorker) != 0) return {};
  return {{kThread, std::string(name) + kPid + std::string(stat.substr(0, begin - 1))}};
}

std::string thread_pid(const KernelName& name) {
  if (name.kind != kThread) return "";
  return name.name.substr(name.name.rfind(kPid) + std::string_view(kPid).size());
}

bool is_thread_of_kernel(std::string_view stack) {
  std::string_view function;
  bool is_complete = false;
  for (std::string_view line : base::split_lines(stack)) {
    // [<0>] khugepaged+0x1a3/0x2c0
    constexpr std::string_view kFrame = "[<0>] ";
    if (!line.starts_with(kFrame)) return false;
    line.remove_prefix(kFrame.size());
    // kthread+0xd7/0x100 calls it.
    is_complete = line.starts_with("kthread+");
    if (is_complete) break;
    function = line;
  }
  // That of a module ends with its name in brackets.
  const bool is_of_kernel = function.contains('+') && !function.ends_with(']');
  function = function.substr(0, function.find('+'));
  return is_complete && is_of_kernel &&
         std::ranges::find(kFunctionsForOthers, function) == std::end(kFunctionsForOthers);
}

KernelNames new_names(const KernelNames& before, const KernelNames& now) {
  KernelNames news;
  std::multiset<std::string_view> ended;
  for (const KernelName& name : before) {
    if (name.kind == kThread && !now.contains(name)) ended.insert(thread_name(name));
  }
  for (const KernelName& name : now) {
    if (before.contains(name)) continue;
    const auto same = name.kind == kThread ? ended.find(thread_name(name)) : ended.end();
    if (same == ended.end()) {
      news.insert(name);
    } else {
      ended.erase(same);
    }
  }
  return news;
}

}  // namespace kmod::vm
