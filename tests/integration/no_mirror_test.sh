#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that a fetch without a mirror in the environment or in apt's configuration says how to name one,
# and that a --distdir with the packages needs no mirror.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

mkdir -p "$scratch/tree"
date +%s%N > "$scratch/tree/file"
# The file's name contains characters that must be escaped in an address.
make_deb unknown_1+2~rc3_amd64 "$scratch/tree"
write_workspace "$scratch/workspace" '
sysroot_repository(
    name = "unknown",
    build_file = "//:tree.BUILD",
    lock = "//:lock.json",
    package_set = "unknown",
)'
write_lock unknown unknown_1+2~rc3_amd64 > "$scratch/workspace/lock.json"

# A mount that only this command sees hides $hidden.
hidden=/etc/apt
without_apt() {
  export -f bazel_in scratch_bazel
  export project scratch hidden
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --map-root-user --mount bash -o pipefail -c 'mount -t tmpfs none "$hidden" && bazel_in "$@"' bash "$@"
}

expect_failure "no mirror" without_apt "$scratch/workspace" --batch build --repo_env=KMOD_MIRROR= @unknown//:root
expect_log "unknown: no package mirror is known." "The environment variable KMOD_MIRROR is not set" "bazel build --repo_env=KMOD_MIRROR="

# Without apt's own downloader, the message explains Bazel's.
hidden=/usr/lib/apt
expect_failure "no apt" without_apt "$scratch/workspace" --batch build --repo_env=KMOD_MIRROR=http://127.0.0.1:1/debian @unknown//:root
expect_log "unknown: package unknown-1+2-rc3-amd64 1 cannot be downloaded:" "http://127.0.0.1:1/debian/pool/unknown_1%2B2%7Erc3_amd64.deb: the download failed" \
  "Bazel's warning above has the reason"
hidden=/etc/apt

without_apt "$scratch/workspace" --batch build --repo_env=KMOD_MIRROR= --distdir="$mirror/pool" @unknown//:root
