# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Makes the links of an unpacked tree work at any path: relink.sh ROOT
# Runs under the pinned busybox, whose applets are the only programs in PATH.
#
# An absolute link is relative to the root of the tree; a relative link may lead to /lib, which is now
# /usr/lib. Both become relative links in the merged tree. Dangling links are removed, because Bazel
# refuses them in a source directory, and so are links that lead out of the tree. The script prints the
# latter: the link below ROOT, a tab, and its target.
set -eu

top=$(cd "$1" && pwd -P)

# Sets $clean to a path without "." and "..", and fails if ".." leads above the root: resolve PATH
resolve() {
  clean=
  old_ifs=$IFS
  IFS=/
  for part in $1; do
    case $part in
      '' | .) ;;
      ..)
        if [ -z "$clean" ]; then
          IFS=$old_ifs
          return 1
        fi
        clean=${clean%/*}
        ;;
      *) clean=$clean/$part ;;
    esac
  done
  IFS=$old_ifs
}

find "$top" -type l | while IFS= read -r link; do
  target=$(readlink "$link")
  case $target in
    /*) path=$target ;;
    *) path=${link%/*} path=${path#"$top"}/$target ;;
  esac
  if ! resolve "$path"; then
    printf '%s\t%s\n' "${link#"$top"/}" "$target"
    rm -f "$link"
    continue
  fi
  case $clean in
    /bin/* | /sbin/* | /lib/* | /lib64/*)
      [ -e "$top$clean" ] || clean=/usr$clean
      ;;
  esac
  if [ ! -e "$top$clean" ] && [ ! -L "$top$clean" ]; then
    rm -f "$link"
    continue
  fi
  up=
  dir=${link%/*}
  while [ "$dir" != "$top" ]; do
    up=../$up
    dir=${dir%/*}
  done
  ln -snf "$up${clean#/}" "$link"
done

# Links to the removed links are dangling now.
while :; do
  dangling=$(find "$top" -type l ! -exec test -e {} \; -print)
  [ -n "$dangling" ] || break
  echo "$dangling" | while IFS= read -r link; do rm -f "$link"; done
done
