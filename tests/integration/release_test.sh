#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks the release archive: two clones in different directories, with files of different dates and modes, give the
# same bytes; it has the files that git knows, and a new one as soon as git knows it. Other scripts use the archive.
# Minutes: 2
source "$(dirname "$0")/scratch.sh"

mapfile -t trees < <(fetched_trees //hello:hello_ko @kmod_module_tools//:root @kmod_busybox//:bin/busybox)

# clone NAME
clone() {
  copy_project "$scratch/$1"
  git -C "$scratch/$1" init --quiet
  git -C "$scratch/$1" add --all
}

# CI has compiled the same tools already. Each clone packs its own archive.
outputs=(--disk_cache="${KMOD_DISK_CACHE:-$scratch/outputs}" --modify_execution_info='ReleaseArchive=+no-cache')

# build_release_of NAME
build_release_of() {
  bazel_in "$scratch/$1" build --repository_cache="$cache" "${outputs[@]}" "${trees[@]}" //:release ||
    fail "cannot build //:release in $1"
  archive=$(echo "$scratch/$1"/bazel-bin/external/kmod_project_files/*.tar.gz)
  prefix=$(basename "$archive" .tar.gz)
}

clone first
clone another_clone
find "$scratch/another_clone" -name .git -prune -o -type f -exec touch -d 2001-01-01 {} + -exec chmod g+w,o-r {} +
build_release_of another_clone
cp "$archive" "$scratch/second.tar.gz"
build_release_of first
cmp "$archive" "$scratch/second.tar.gz" || fail "the archives of two clones differ"

# expect_files: fails unless the archive has the files of git's index, with git's modes.
expect_files() {
  git -C "$scratch/first" ls-files --stage | sed -E "s#^100(...) [^\t]*\t(.*)#\1 $prefix/\2#" | LC_ALL=C sort > "$scratch/expected"
  mkdir "$scratch/unpacked"
  tar -C "$scratch/unpacked" -xzf "$archive"
  (cd "$scratch/unpacked" && find . -type f -printf '%m %P\n') | LC_ALL=C sort > "$scratch/packed"
  rm -rf "$scratch/unpacked"
  diff "$scratch/expected" "$scratch/packed" || fail "the archive has other files than git"
}

expect_files
[ "$(wc -l < "$scratch/packed")" -gt 100 ] || fail "the archive has only $(wc -l < "$scratch/packed") files"

echo "a note" > "$scratch/first/docs/note.md"
git -C "$scratch/first" add docs/note.md
scratch_bazel "$scratch/first" shutdown
build_release_of first
expect_files
grep -q "/docs/note.md$" "$scratch/packed" || fail "the archive lacks a new file"

# A link cannot be packed, and a directory without git has no list of files.
ln -s README.md "$scratch/first/link.md"
git -C "$scratch/first" add link.md
scratch_bazel "$scratch/first" shutdown
expect_failure "a link" bazel_in "$scratch/first" build --repository_cache="$cache" "${outputs[@]}" "${trees[@]}" //:release
expect_log "link.md is a link or a submodule"
rm -rf "$scratch/another_clone/.git"
scratch_bazel "$scratch/another_clone" shutdown
expect_failure "no clone" bazel_in "$scratch/another_clone" build --repository_cache="$cache" "${trees[@]}" //:release
expect_log "//:release needs a clone of the project"
