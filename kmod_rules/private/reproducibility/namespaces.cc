// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/namespaces.h"

#include <fmt/core.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::reproducibility {
namespace {

// The second build runs as this user if the first one ran as root, else as root.
constexpr unsigned kOrdinaryUser = 1000;

std::string reason(const char* what) { return fmt::format("{}: {}", what, std::strerror(errno)); }

// Sets the user that this process is in the new namespace. Without privileges, only one user can be
// mapped: all other owners of files are "nobody" there.
bool map_user(unsigned outside_user, unsigned outside_group, unsigned inside) {
  const auto line = [inside](unsigned outside) {
    return fmt::format("{} {} 1\n", inside, outside);
  };
  // A process may map a group only after it has given up setgroups().
  return base::write_file("/proc/self/setgroups", "deny").has_value() &&
         base::write_file("/proc/self/uid_map", line(outside_user)).has_value() &&
         base::write_file("/proc/self/gid_map", line(outside_group)).has_value();
}

bool change_clock(const Variations& variations) {
  // Mounts below must not be visible outside.
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  // libfaketime keeps a file for each PID there, and does not start if it finds the file of an
  // earlier process with the same PID that was killed.
  if (mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, nullptr) != 0) return false;
  const std::string options = fmt::format("lowerdir=/etc,upperdir={},workdir={}",
                                          variations.etc_upper, variations.etc_work);
  return mount("overlay", "/etc", "overlay", 0, options.c_str()) == 0;
}

// Gives this process another user, host name and clock. Returns what stays as it is, and why.
std::vector<std::string> enter_namespaces(const Variations& variations) {
  const bool names_host = !variations.host_name.empty();
  const bool fakes_clock = !variations.etc_upper.empty();
  if (!variations.other_user && !names_host && !fakes_clock) return {};
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWUTS) != 0) {
    return {reason("user, host_name and clock: the kernel refuses user namespaces")};
  }
  const unsigned other = user == 0 ? kOrdinaryUser : 0;
  std::vector<std::string> unvaried;
  const bool mapped =
      variations.other_user ? map_user(user, group, other) : map_user(user, group, user);
  if (!mapped) unvaried.emplace_back("user: the user namespace cannot be set up");
  if (names_host && sethostname(variations.host_name.data(), variations.host_name.size()) != 0) {
    unvaried.push_back(reason("host_name: the kernel refuses to change it"));
  }
  if (fakes_clock && !change_clock(variations)) {
    unvaried.push_back(reason("clock: an overlay of /etc or a new /dev/shm cannot be mounted"));
  }
  return unvaried;
}

}  // namespace

base::Result<VariedRun> run_varied(base::Command command, const Variations& variations) {
  base::Pipe notes = KMOD_TRY(base::make_pipe());
  command.environment = variations.environment;
  command.files = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
  command.prepare = [&] {
    for (const std::string& line : enter_namespaces(variations)) {
      if (!base::write_all(notes.write.get(), line + "\n")) return errno;
    }
    umask(variations.umask);
    return 0;
  };
  base::Process process = KMOD_TRY(base::Process::start(command));
  notes.write.close();
  VariedRun run;
  const std::string text = base::read_to_end(notes.read.get());
  for (const std::string_view line : base::split_lines(text)) run.unvaried.emplace_back(line);
  run.end = process.wait();
  return run;
}

}  // namespace kmod::reproducibility
