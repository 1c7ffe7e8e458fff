# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Makes the kernel's build directory work at any path: relocate.sh ROOT BUILD_DIRECTORY
# Runs under the pinned busybox. The Makefile of a distribution's build directory includes that of
# the common headers by an absolute path; this makes it relative to the including Makefile.
set -eu

makefile=$1/$2/Makefile
[ -f "$makefile" ] || exit 0

up=
dir=$2
while :; do
  up=../$up
  case $dir in
    */*) dir=${dir%/*} ;;
    *) break ;;
  esac
done

# In single quotes because make expands the expression, not the shell.
# shellcheck disable=SC2016
sed -i 's#^include /#include $(dir $(lastword $(MAKEFILE_LIST)))'"$up"'#' "$makefile"
