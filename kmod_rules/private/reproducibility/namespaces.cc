// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/namespaces.h"

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

// An ordinary user where the first build was root's, and root where it was not.
constexpr unsigned kOrdinaryUser = 1000;

std::string reason(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

// Says who this process is to programs in the new namespace. One user can be mapped without
// privileges, and only one: all other owners of files are "nobody" there.
bool map_user(unsigned outside_user, unsigned outside_group, unsigned inside) {
  const auto line = [inside](unsigned outside) {
    return std::to_string(inside) + " " + std::to_string(outside) + " 1\n";
  };
  // A group may be mapped only by who has given up setgroups().
  return base::write_file("/proc/self/setgroups", "deny").has_value() &&
         base::write_file("/proc/self/uid_map", line(outside_user)).has_value() &&
         base::write_file("/proc/self/gid_map", line(outside_group)).has_value();
}

bool change_clock(const Variations& variations) {
  // Nothing mounted here may be seen outside.
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  // libfaketime keeps a file for each process there, and does not start where it finds that of an
  // earlier process of the same number that was killed.
  if (mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, nullptr) != 0) return false;
  const std::string options =
      "lowerdir=/etc,upperdir=" + variations.etc_upper + ",workdir=" + variations.etc_work;
  return mount("overlay", "/etc", "overlay", 0, options.c_str()) == 0;
}

}  // namespace

std::vector<std::string> enter_namespaces(const Variations& variations) {
  const bool names_host = !variations.host_name.empty();
  const bool fakes_clock = !variations.etc_upper.empty();
  if (!variations.other_user && !names_host && !fakes_clock) return {};
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWUTS) != 0) {
    return {reason("user, host_name and clock: this machine refuses user namespaces")};
  }
  const unsigned other = user == 0 ? kOrdinaryUser : 0;
  std::vector<std::string> unvaried;
  const bool mapped =
      variations.other_user ? map_user(user, group, other) : map_user(user, group, user);
  if (!mapped) unvaried.emplace_back("user: the user namespace cannot be set up");
  if (names_host && sethostname(variations.host_name.data(), variations.host_name.size()) != 0) {
    unvaried.push_back(reason("host_name: the kernel refuses another one"));
  }
  if (fakes_clock && !change_clock(variations)) {
    unvaried.push_back(reason("clock: an overlay of /etc or a new /dev/shm cannot be mounted"));
  }
  return unvaried;
}

}  // namespace kmod::reproducibility
