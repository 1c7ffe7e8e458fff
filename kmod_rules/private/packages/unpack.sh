# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks packages into one tree: unpack.sh ROOT PACKAGE.deb…
# Runs under the pinned busybox, whose applets are the only programs on the PATH.
#
# What it leaves is a tree without links that lead out of it, with /bin, /sbin, /lib and /lib64
# merged into /usr, and without documentation (the copyright files stay).
set -eu

root=$1
shift
mkdir -p "$root"

for deb in "$@"; do
  dpkg-deb -x "$deb" "$root"
  rm -f "$deb"
done

# Debian 12 expects a merged /usr, and some of its packages still ship files outside it.
for dir in bin sbin lib lib64; do
  if [ -d "$root/$dir" ] && [ ! -L "$root/$dir" ]; then
    mkdir -p "$root/usr/$dir"
    cp -a "$root/$dir/." "$root/usr/$dir/"
    rm -rf "${root:?}/$dir"
  fi
done

if [ -d "$root/usr/share/doc" ]; then
  find "$root/usr/share/doc" \( -type f -o -type l \) ! -name copyright -exec rm -f {} +
fi
for dir in man info locale lintian bug; do
  rm -rf "$root/usr/share/${dir:?}"
done

# An absolute link means the tree's own root; a relative one may cross from /lib to what is now
# /usr/lib. Both become links relative to the merged tree; what leads nowhere is removed, because
# Bazel refuses a dangling link inside a source directory.
top=$(cd "$root" && pwd -P)
find "$top" -type l | while IFS= read -r link; do
  target=$(readlink "$link")
  case $target in
    /*) path=$target ;;
    *) path=${link%/*} path=${path#"$top"}/$target ;;
  esac
  # Lexical clean-up: no "." and "..", which must not climb over the root.
  clean=
  old_ifs=$IFS
  IFS=/
  for part in $path; do
    case $part in
      '' | .) ;;
      ..) clean=${clean%/*} ;;
      *) clean=$clean/$part ;;
    esac
  done
  IFS=$old_ifs
  case $clean in
    /bin/* | /sbin/* | /lib/* | /lib64/*) clean=/usr$clean ;;
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

# The step above can leave links to links that are gone.
while :; do
  dangling=$(find "$top" -type l ! -exec test -e {} \; -print)
  [ -n "$dangling" ] || break
  echo "$dangling" | while IFS= read -r link; do rm -f "$link"; done
done
