# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=dash
#
# Unpacks packages into one tree: unpack.sh STAGE.sh RELINK.sh ROOT PACKAGES
# The file PACKAGES has one line per package: its name, version and file. Runs under the pinned
# busybox, whose applets are the only programs in PATH. No link of the resulting tree leads out of it.
set -eu

stage_script=$1
relink_script=$2
root=$3
stages=$root.stages
mkdir -p "$root" "$stages"

# xz takes most of the time, and uses one processor.
xargs -n 3 -P "$(nproc)" sh "$stage_script" "$stages" < "$4" || exit 1

# One line for each file, link and directory of each package: its kind, its path, the package.
contents=$root.contents
for stage in "$stages"/*/; do
  name=$(basename "$stage")
  (cd "$stage" && find . ! -type d) | sed "s|.*|file	&	$name|"
  (cd "$stage" && find . -type d) | sed "s|.*|directory	&	$name|"
done > "$contents"

# Whether a path is the same file or link in two packages: same PATH PACKAGE PACKAGE
same() {
  if [ -L "$stages/$2/$1" ] || [ -L "$stages/$3/$1" ]; then
    [ "$(readlink "$stages/$2/$1")" = "$(readlink "$stages/$3/$1")" ]
  else
    [ -f "$stages/$2/$1" ] && [ -f "$stages/$3/$1" ] && cmp -s "$stages/$2/$1" "$stages/$3/$1"
  fi
}

# Of two different files with one path, an arbitrary one would remain.
awk -F '\t' '
  !($2 in package) { kind[$2] = $1; package[$2] = $3; next }
  $1 == "file" || kind[$2] == "file" { print $2 "\t" package[$2] "\t" $3 }
' "$contents" | while IFS='	' read -r path first second; do
  if same "$path" "$first" "$second"; then
    rm -f "$stages/$second/$path"
    continue
  fi
  echo "packages $first and $second have different files ${path#./}, and a tree can have only one:" >&2
  echo "remove one of the packages from the set, or put it into another set." >&2
  exit 1
done

for stage in "$stages"/*/; do
  cp -al "$stage." "$root/"
  rm -rf "$stage"
done

outside=$root.outside
sh "$relink_script" "$root" > "$outside"
if [ -s "$outside" ]; then
  IFS='	' read -r link target < "$outside"
  awk -F '\t' -v path="./$link" -v target="$target" '
    $2 == path { print "package " $3 " has the link " substr(path, 3) " to " target ", which leads out of the tree."; exit }
  ' "$contents" >&2
  echo "A tree must be complete: remove the package from the set." >&2
  exit 1
fi
rm -rf "$stages" "$contents" "$outside"
