#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Without a mirror in the environment and in apt's configuration, the fetch says how to name one; with a
# --distdir that holds the packages, no mirror is needed.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

mkdir -p "$scratch/tree"
date +%s%N > "$scratch/tree/file"
make_deb unknown "$scratch/tree"
write_workspace "$scratch/workspace" '
sysroot_repository(
    name = "unknown",
    build_file = "//:tree.BUILD",
    lock = "//:lock.json",
    package_set = "unknown",
)'
write_lock unknown > "$scratch/workspace/lock.json"

# /etc/apt is hidden by a mount that only this command sees.
without_apt() {
  export -f bazel_in
  export project scratch
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --map-root-user --mount bash -o pipefail -c 'mount -t tmpfs none /etc/apt && bazel_in "$@"' bash "$@"
}

expect_failure "no mirror" without_apt "$scratch/workspace" --batch build --repo_env=KMOD_MIRROR= @unknown//:root
expect_log "unknown: no package mirror is known." "The environment variable KMOD_MIRROR is not set" "bazel build --repo_env=KMOD_MIRROR="

without_apt "$scratch/workspace" --batch build --repo_env=KMOD_MIRROR= --distdir="$mirror/pool" @unknown//:root
