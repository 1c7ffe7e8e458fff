#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the fetch refuses a package that leads out of its tree or holds a kind of file that a tree
# must not have, although the package has the sha256 of the lock. The message names the package and the
# file. The fetch also refuses two packages with different files of one path, and a package that differs
# from the lock's entry. It writes nothing outside the tree.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

outside=$scratch/outside
mkdir -p "$outside"
echo secret > "$outside/file"

# Prints a member of a tar archive that tar itself would not write:
# tar_member NAME TYPE [LINK_TARGET [MODE [CONTENT]]]
# TYPE: 0 file, 1 hard link, 2 link, 3 device, 5 folder, 6 pipe.
tar_member() {
  local sum content=${5:-}
  # The checksum of the header, computed with spaces in the checksum field.
  sum=$(tar_header "$1" "$2" "${3:-}" "${4:-0000644}" ${#content} '        ' |
    od -An -v -tu1 | awk '{ for (i = 1; i <= NF; i++) sum += $i } END { printf "%06o", sum }')
  tar_header "$1" "$2" "${3:-}" "${4:-0000644}" ${#content} "$sum\000 "
  printf '%s' "$content"
  head -c $(((512 - ${#content} % 512) % 512)) /dev/zero
}

# $1 to $6: name, type, link target, mode, size, and the checksum field.
tar_header() {
  padded "$1" 100
  printf "%s\000%s\000%s\000%011o\000%s\000$6%s" "$4" 0000000 0000000 "$5" 00000000000 "$2"
  padded "$3" 100
  printf 'ustar\00000'
  padded '' 247
}

# Prints a text, padded with zero bytes: padded TEXT SIZE
padded() {
  printf '%s' "$1"
  head -c $(($2 - ${#1})) /dev/zero
}

# Packs folders and the members on standard input: pack NAME [FOLDER]…
pack() {
  local folders=("${@:2}") folder
  [ ${#folders[@]} -gt 0 ] || folders=(usr usr/bin usr/share dev run)
  {
    for folder in "${folders[@]}"; do
      tar_member "./$folder/" 5 "" 0000755
    done
    cat
    head -c 1024 /dev/zero
  } | gzip > "$scratch/$1.tar.gz"
  pack_deb "$1" "$scratch/$1.tar.gz"
}

{ tar_member ./usr/share/ok 0 && tar_member ../escaped 0 "" 0000644 x; } | pack climbing
tar_member ./usr/../../share/escaped 0 "" 0000644 x | pack climbing-inside
tar_member "$outside/absolute" 0 "" 0000644 x | pack absolute
tar_member ./dev/null 3 | pack device
tar_member ./run/pipe 6 | pack pipe
tar_member ./usr/bin/su 0 "" 0004755 x | pack set-user-id
tar_member ./usr/bin/wall 0 "" 0002755 x | pack set-group-id
tar_member ./usr/share/link 2 ../../../outside | pack climbing-link
tar_member ./usr/share/hard 1 "$outside/file" | pack hard-link
{ tar_member ./usr/share/two 0 "" 0000644 x && tar_member ./usr/share/one 1 ./usr/share/two; } | pack own-hard-link
tar_member ./usr/share 2 "$outside" | pack linked-folder usr
tar_member $'./usr/share/a\nb' 0 | pack control-character
{ tar_member ./usr/share/before 0 && tar_member ./usr/share/link 2 /usr/share/before; } | pack good-link
tar_member ./usr/share/same 0 "" 0000644 x | pack first
tar_member ./usr/share/same 0 "" 0000644 x | pack same
tar_member ./usr/share/same 0 "" 0000644 y | pack different
tar_member ./usr/evil 2 "$outside" | pack link-to-outside usr
tar_member ./usr/evil/written 0 "" 0000644 x | pack through-the-link usr usr/evil
tar_member ./usr/share/file 0 | pack truncated
truncate --size=200 "$mirror/pool/truncated.deb"
tar_member ./usr/share/file 0 | pack swapped
cp "$mirror/pool/first.deb" "$mirror/pool/swapped.deb"
echo "no package" > "$mirror/pool/no-package.deb"

declarations=
# Declares a repository of a package set: declare_set NAME [PACKAGE]…
declare_set() {
  write_lock "$@" > "$scratch/$1.json"
  declarations+="
sysroot_repository(
    name = \"$1\",
    build_file = \"//:tree.BUILD\",
    lock = \"//:$1.json\",
    package_set = \"$1\",
    wrap = False,
)
"
}
for name in climbing climbing-inside absolute device pipe set-user-id set-group-id climbing-link hard-link \
  own-hard-link linked-folder control-character good-link truncated swapped no-package; do
  declare_set "$name"
done
declare_set agreeing first same
declare_set disagreeing first different
declare_set through link-to-outside through-the-link
write_workspace "$scratch/workspace" "$declarations"
cp "$scratch"/*.json "$scratch/workspace/"
start_mirror

fetch() {
  bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR="$mirror_address" "@$1//:root"
}

# Fails unless the fetch of the set fails with the messages: refused SET MESSAGE…
refused() {
  expect_failure "$1" fetch "$1"
  expect_log "${@:2}"
}

refused climbing "package climbing 1 holds ../escaped, which is outside the tree." \
  "The file has the sha256 of the lock, so the lock names a bad package"
refused climbing-inside "package climbing-inside 1 holds ./usr/../../share/escaped, which is outside the tree."
refused absolute "package absolute 1 holds $outside/absolute, which is outside the tree."
refused device "package device 1 holds device nodes or pipes, which a tree of tools must not have: ./dev/null."
refused pipe "package pipe 1 holds device nodes or pipes, which a tree of tools must not have: ./run/pipe."
refused set-user-id "package set-user-id 1 holds set-user-id or set-group-id files, which a tree of tools must not have: ./usr/bin/su."
refused set-group-id "package set-group-id 1 holds set-user-id or set-group-id files, which a tree of tools must not have: ./usr/bin/wall."
refused climbing-link "package climbing-link has the link usr/share/link to ../../../outside, which leads out of the tree."
refused hard-link "package hard-link 1 holds hard links to files that are not its own: usr/share/hard."
refused linked-folder "package linked-folder 1 has a link instead of the directory usr/share, to $outside, and other packages have files in that directory."
refused control-character "package control-character 1 holds names with control characters: ./usr/share/a"
refused truncated "package truncated 1: the file with the locked sha256 is not a Debian package." "Do not use this lock"
refused no-package "package no-package 1: the file with the locked sha256 is not a Debian package."
refused swapped "package swapped 1: the file with the locked sha256 is package first 1 for amd64, so the lock's entry was swapped." \
  "bazel run @rules_kmod//kmod_rules:update_lock -- --check"
refused disagreeing "packages different and first have different files usr/share/same, and a tree can have only one:" "remove one of the packages from the set"
refused through "packages link-to-outside and through-the-link have different files usr/evil, and a tree can have only one:"

fetch own-hard-link
fetch good-link
fetch agreeing
external=$(echo "$scratch"/bazel/*/external)
[ "$(cat "$external/own-hard-link/root/usr/share/one")" = x ] || fail "a hard link inside a package is lost"
[ "$(readlink "$external/good-link/root/usr/share/link")" = ../../usr/share/before ] || fail "an absolute link does not mean the tree's root"
[ "$(cat "$external/agreeing/root/usr/share/same")" = x ] || fail "a file of two packages is lost"

[ "$(cd "$outside" && echo *)" = file ] || fail "a package wrote outside its tree: $(ls "$outside")"
[ "$(cat "$outside/file")" = secret ] || fail "a package changed a file outside its tree"
escaped=$(find "$scratch/bazel" -name escaped)
[ -z "$escaped" ] || case $escaped in */root.stages/*) ;; *) fail "a package wrote outside its tree: $escaped" ;; esac
