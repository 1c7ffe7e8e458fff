# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks packages into one tree: unpack.sh STAGE.sh ROOT PACKAGES
# The file PACKAGES has a line a package: its name, its version and its file. Runs under the pinned busybox, whose
# applets are the only programs on the PATH.
#
# What it leaves is a tree without links that lead out of it.
set -eu

stage_script=$1
root=$2
stages=$root.stages
mkdir -p "$root" "$stages"

# Most of the time goes into xz, which uses one processor.
xargs -n 3 -P "$(nproc)" sh "$stage_script" "$stages" < "$3" || exit 1

# One line for each file, link and folder of each package: its kind, its path, the package.
contents=$root.contents
for stage in "$stages"/*/; do
  name=$(basename "$stage")
  (cd "$stage" && find . ! -type d) | sed "s|.*|file	&	$name|"
  (cd "$stage" && find . -type d) | sed "s|.*|folder	&	$name|"
done > "$contents"

# $1: a path. $2 and $3: the packages that have it.
same() {
  if [ -L "$stages/$2/$1" ] || [ -L "$stages/$3/$1" ]; then
    [ "$(readlink "$stages/$2/$1")" = "$(readlink "$stages/$3/$1")" ]
  else
    [ -f "$stages/$2/$1" ] && [ -f "$stages/$3/$1" ] && cmp -s "$stages/$2/$1" "$stages/$3/$1"
  fi
}

# Which of two files of one path would stay is chance.
awk -F '\t' '
  !($2 in package) { kind[$2] = $1; package[$2] = $3; next }
  $1 == "file" || kind[$2] == "file" { print $2 "\t" package[$2] "\t" $3 }
' "$contents" | while IFS='	' read -r path first second; do
  if same "$path" "$first" "$second"; then
    rm -f "$stages/$second/$path"
    continue
  fi
  echo "packages $first and $second both have ${path#./}, and not the same. One tree holds one of them:" >&2
  echo "take one of the packages out of the set, or give it a set of its own." >&2
  exit 1
done

for stage in "$stages"/*/; do
  cp -al "$stage." "$root/"
  rm -rf "$stage"
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
      ..)
        if [ -z "$clean" ]; then
          awk -F '\t' -v path=".${link#"$top"}" -v target="$target" '
            $2 == path { print "package " $3 " has the link " substr(path, 3) " to " target ", which leads out of the tree."; exit }
          ' "$contents" >&2
          echo "A tree has to be complete in itself: take the package out of the set." >&2
          exit 1
        fi
        clean=${clean%/*}
        ;;
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
rm -rf "$stages" "$contents"
