#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks the error of the first fetch on a host that is not x86-64 Linux. The kernel's 32-bit personality
# makes this host look like one.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

write_workspace "$scratch/workspace" ''

on_i686() {
  export -f bazel_in scratch_bazel
  export project scratch
  # shellcheck disable=SC2016 # expanded by the inner shell
  setarch i686 bash -o pipefail -c 'bazel_in "$@"' bash "$@"
}

expect_failure "a host that is not x86-64" on_i686 "$scratch/workspace" --batch build @kmod_busybox//:bin/busybox
expect_log "kmod_busybox: this host is not x86-64 Linux: the pinned busybox says i686. rules_kmod builds on x86-64 Linux only"
