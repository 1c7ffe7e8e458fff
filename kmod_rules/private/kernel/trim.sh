# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Removes the files that a build of a module for x86 never reads: trim.sh ROOT BUILD_DIRECTORY
# Runs under the pinned busybox. With a remote cache, Bazel reads each file of the tree to compute the
# key of each kbuild action; docs/architecture.md has the figures.
set -eu

# Other architectures: a quarter of the files of Debian's headers.
find "$1" -type d -path '*/arch/x86' -prune | while IFS= read -r x86; do
  for other in "${x86%/*}"/*/; do
    [ "${other%/}" = "$x86" ] || rm -rf "$other"
  done
done

# One empty file for each option of the configuration. From its time, kbuild sees what to rebuild if the
# option changes. An action always builds everything, and the compiler reads autoconf.h.
if [ -d "$1/$2/include/config" ]; then
  find "$1/$2/include/config" -type f -size 0 -exec rm -f {} +
fi
