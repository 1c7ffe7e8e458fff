#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that add_kernel writes the package sets and the lock of a kernel from a signed archive, the same bytes
# each time, moves its pins and tells which have left; and that it refuses, without writing a file, what it
# cannot add.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"
source "$(dirname "$0")/signed_archive.sh"

# kernel RELEASE COMPILER…: the stanzas of a kernel's packages.
kernel() {
  local release=$1
  shift
  stanza "linux-headers-$release" 1 "Depends: linux-kbuild, linux-base, $*"
  stanza "linux-image-$release" 1 'Depends: kmod'
}

main_index() {
  local name
  kernel 6.12.1+deb13-cloud-amd64 gcc-14
  kernel 6.12.1+deb13-amd64 gcc-14
  kernel 6.12.9+two-amd64 gcc-14, gcc-15
  stanza linux-headers-6.12.0+half-amd64 1 'Depends: linux-kbuild, gcc-14'
  stanza linux-kbuild 1 'Depends: libc6'
  for name in libc6 linux-base kmod cpp-14 binutils binutils-x86-64-linux-gnu make dash bash coreutils sed grep \
    findutils mawk xz-utils; do
    stanza "$name" 1
  done
  stanza gcc-14 1 'Depends: cpp-14, libc6, libgcc-14-dev'
  stanza libgcc-14-dev 1
}

make_key archive
make_key stranger
main_index | make_suite stable archive
start_mirror

# Starts add_kernel as `bazel run` does in a workspace, but without Bazel.
workspace=$scratch/workspace
mkdir "$workspace"
(cd "$project" && ./bazelw run --script_path="$scratch/add_kernel" //kmod_rules:add_kernel) || fail "cannot build add_kernel"
sed -i "s|BUILD_WORKSPACE_DIRECTORY=[^ ]*|BUILD_WORKSPACE_DIRECTORY=$workspace|" "$scratch/add_kernel"
add_kernel() {
  "$scratch/add_kernel" --mirror="$mirror_address" --keyring="$scratch/archive.gpg" "$@" 2>&1 | tee "$scratch/log"
}

# expect_refusal WHAT OPTION…: the run fails, and no file changes.
expect_refusal() {
  local before what=$1
  shift
  before=$(sha256sum "$workspace"/*.json 2> /dev/null || true)
  expect_failure "$what" add_kernel "$@"
  [ "$(sha256sum "$workspace"/*.json 2> /dev/null || true)" = "$before" ] || fail "$what: a file changed"
}

# A kernel by its flavor, and the same by its release.
add_kernel --name=mine --suite=stable --newest=cloud-amd64
expect_log "set mine: 3 packages" "  linux-kbuild 1" "set mine_image: 1 packages" "set mine_tools: 14 packages" \
  'compiler = "gcc-14"' 'lock = "//:mine.lock.json"' 'release = "6.12.1+deb13-cloud-amd64"' 'use_repo(kmod, "mine")' \
  "$workspace has no BUILD.bazel beside the lock."
touch "$workspace/BUILD.bazel"
for file in package_sets lock; do mv "$workspace/mine.$file.json" "$scratch/"; done
add_kernel --name=mine --suite=stable --release=6.12.1+deb13-cloud-amd64
for file in package_sets lock; do
  cmp "$scratch/mine.$file.json" "$workspace/mine.$file.json" || fail "a second run writes another mine.$file.json"
done
add_kernel --name=mine --check
expect_log "mine.lock.json: all 17 packages are in the index"
add_kernel --name=mine --update
expect_log "mine.lock.json: nothing to change"

# The same files in a package of the workspace.
add_kernel --name=mine --directory=third_party/kernels --suite=stable --newest=cloud-amd64
expect_log 'lock = "//third_party/kernels:mine.lock.json"' "$workspace/third_party/kernels has no BUILD.bazel beside the lock."
for file in package_sets lock; do
  cmp "$workspace/mine.$file.json" "$workspace/third_party/kernels/mine.$file.json" || fail "mine.$file.json depends on its directory"
done
add_kernel --name=mine --directory=third_party/kernels --check

# The files are those that update_lock reads.
(cd "$project" && ./bazelw run //kmod_rules:update_lock -- --check --mirror="$mirror_address" \
  --keyring="$scratch/archive.gpg" --sets="$workspace/mine.package_sets.json" --lock="$workspace/mine.lock.json") ||
  fail "update_lock does not accept the files of add_kernel"

# What cannot be added.
expect_refusal "files that exist" --name=mine --suite=stable --newest=amd64
expect_log "mine.package_sets.json exists. Move its pins with --name=mine --update, or choose another --name."
expect_refusal "an unknown release" --name=other --suite=stable --release=6.12.7-cloud-amd64
expect_log "the index has no linux-headers-6.12.7-cloud-amd64. It has these releases: 6.12.1+deb13-cloud-amd64, "
expect_refusal "an unknown flavor" --name=other --suite=stable --newest=rt
expect_log "the index has no kernel of the flavor rt. It has: amd64, cloud-amd64"
expect_refusal "several compilers" --name=other --suite=stable --release=6.12.9+two-amd64
expect_log "linux-headers-6.12.9+two-amd64 depends on several compilers: gcc-14, gcc-15." "--compiler=gcc-14"
expect_refusal "a compiler that the archive lacks" --name=other --suite=stable --release=6.12.9+two-amd64 --compiler=gcc-15
expect_log 'set "other_tools" names gcc-15, which release "stable" does not have'
expect_refusal "a half mirror" --name=other --suite=stable --release=6.12.0+half-amd64
expect_log "the index has no linux-image-6.12.0+half-amd64, which VM tests boot"
expect_refusal "an unknown suite" --name=other --suite=nosuch --newest=amd64
expect_log "no mirror gives the index of nosuch:"
expect_refusal "a release and a flavor" --name=other --suite=stable --newest=amd64 --release=6.12.1+deb13-amd64
expect_log "either --release=RELEASE or --newest=FLAVOR"
expect_refusal "a name that no repository can have" --name=Other-1 --suite=stable --newest=amd64
expect_log "--name=Other-1 has to be the name of a repository"
expect_refusal "the update of another kernel" --name=other --update
expect_log "--update and --check are for a kernel that this program has added"
expect_refusal "an update with a suite" --name=mine --update --suite=stable
expect_log "leave --suite and --release out"
expect_refusal "an update and a check" --name=mine --update --check
expect_log "--update and --check exclude each other"
expect_refusal "a check with a compiler" --name=mine --check --compiler=gcc-14
expect_log "--check changes nothing"

expect_refusal "a directory elsewhere" --name=other --directory=../other --suite=stable --newest=amd64
expect_log "--directory=../other has to be a path below the workspace"
expect_refusal "no files in the directory" --name=other --directory=third_party --check
expect_log "Add it with --name=other --directory=third_party --suite=SUITE --newest=FLAVOR."

# The choice of a compiler is enough for a kernel with several.
add_kernel --name=two --suite=stable --release=6.12.9+two-amd64 --compiler=gcc-14
expect_log 'compiler = "gcc-14"'

# A point release replaces the kernel.
main_index | sed 's/6\.12\.1+deb13/6.12.2+deb13/' | make_suite stable archive
expect_refusal "pins that have left" --name=mine --check
expect_log "pins of mine have left the archive:" "linux-headers-6.12.1+deb13-cloud-amd64 1" "Move them with --name=mine --update."
add_kernel --name=mine --update
expect_log "release 6.12.1+deb13-cloud-amd64 -> 6.12.2+deb13-cloud-amd64: change it in the declaration" \
  "added linux-headers-6.12.2+deb13-cloud-amd64 1" "removed linux-headers-6.12.1+deb13-cloud-amd64 1" " MB -> "
add_kernel --name=mine --check

# An archive that has expired, and one that is not signed by the keyring.
main_index | make_suite stable archive "Valid-Until: Wed, 01 Jan 2020 00:00:00 UTC"
expect_refusal "an expired archive" --name=late --suite=stable --newest=amd64
expect_log "expired on Wed, 01 Jan 2020 00:00:00 UTC" "use --accept-expired"
add_kernel --name=late --suite=stable --newest=cloud-amd64 --accept-expired
expect_log "expired on Wed, 01 Jan 2020 00:00:00 UTC, signed by" "wrote $workspace/late.package_sets.json"
main_index | make_suite stable stranger
expect_refusal "a signature by another key" --name=other --suite=stable --newest=amd64
expect_log "has no good signature by a key of the keyring"
