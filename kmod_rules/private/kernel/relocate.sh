# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Makes the kernel's build directory work at any path: relocate.sh ROOT BUILD_DIRECTORY
# Runs under the pinned busybox. The Makefile of a distribution's build directory includes that of
# the common headers by an absolute path; this makes it relative to the including Makefile. In
# Debian 14, the Makefile also sets KBUILD_OUTPUT to its own directory.
set -eu

# In Debian 11, modpost chooses among the variants for several architectures by its own name, which the
# loader of that release cannot pass on. The one for x86-64 takes its place.
find "$1" -name '*.real-lsb-64' ! -path '*/.wrapped/*' | while IFS= read -r real; do
  mv "$real" "${real%.real-lsb-64}"
done

makefile=$1/$2/Makefile
[ -f "$makefile" ] || exit 0

up=
dir=$2
while [ "$dir" != . ]; do
  up=../$up
  case $dir in
    */*) dir=${dir%/*} ;;
    *) dir=. ;;
  esac
done

# In single quotes because make expands the expression, not the shell.
# shellcheck disable=SC2016
sed -i -e 's#^include /#include $(dir $(lastword $(MAKEFILE_LIST)))'"$up"'#' \
  -e 's#^KBUILD_OUTPUT *:*= */.*#KBUILD_OUTPUT := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))#' "$makefile"
