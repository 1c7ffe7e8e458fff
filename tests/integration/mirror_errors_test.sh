#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the fetch of a package that cannot be downloaded fails, and that the message names the
# package, the reason and a remedy.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

mkdir -p "$scratch/tree/usr/share"
echo content > "$scratch/tree/usr/share/file"
for name in good gone wrong other_version truncated; do
  echo "$name" > "$scratch/tree/usr/share/name"
  make_deb "$name" "$scratch/tree"
done

declarations=
for name in good gone wrong other_version truncated; do
  write_lock "$name" > "$scratch/$name.json"
  declarations+="
sysroot_repository(
    name = \"$name\",
    build_file = \"//:tree.BUILD\",
    lock = \"//:$name.json\",
    package_set = \"$name\",
)
"
done
write_workspace "$scratch/workspace" "$declarations"
cp "$scratch"/*.json "$scratch/workspace/"

rm "$mirror/pool/gone.deb"
echo "other bytes, and more of them than there were: $(seq 1000)" > "$mirror/pool/wrong.deb"
make_deb other_version "$scratch/tree" 2:3~rc4
truncate --size=100 "$mirror/pool/truncated.deb"
start_mirror

fetch() {
  bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR="$mirror_address" "@$1//:root"
}

fetch good
[ "$(cat "$scratch"/bazel/*/external/good/root/usr/share/name)" = good ] || fail "the good package is not there"

expect_failure "a package that is gone" fetch gone
expect_log "gone: package gone 1 cannot be downloaded:" "$mirror_address/pool/gone.deb: the package is gone from the mirror" \
  "Archives of old packages keep it: put the address of an archive for your distribution after your mirror, separated by a space, in KMOD_MIRROR"

expect_failure "a package with other bytes" fetch wrong
expect_log "wrong: package wrong 1 cannot be downloaded:" "$mirror_address/pool/wrong.deb: the file has the wrong sha256: it is" \
  "$(sha256sum < "$mirror/pool/wrong.deb" | cut -d ' ' -f 1), and the lock has" "do not use this mirror" \
  ". It is not a Debian package"

expect_failure "another version" fetch other_version
expect_log "other_version: package other-version 1 cannot be downloaded:" \
  "$mirror_address/pool/other_version.deb: the file has the wrong sha256: it is" ". It is package other-version 2:3~rc4"

expect_failure "a package that is cut off" fetch truncated
expect_log "truncated: package truncated 1 cannot be downloaded:" \
  "$mirror_address/pool/truncated.deb: the file is truncated: it has 100 of" "try again later"

# No server listens on this port.
dead=http://127.0.0.1:1/debian
expect_failure "a mirror that is unreachable" \
  bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR=$dead @gone//:root
expect_log "gone: package gone 1 cannot be downloaded:" "$dead/pool/gone.deb: the mirror is unreachable" "or name another mirror in KMOD_MIRROR"

# If the first mirror no longer has a package, the fetch asks the second one, such as an archive of old
# packages.
make_deb gone "$scratch/tree"
write_lock gone > "$scratch/workspace/gone.json"
mkdir -p "$mirror/old/pool"
mv "$mirror/pool/gone.deb" "$mirror/old/pool/"
bazel_in "$scratch/workspace" build --repo_env=KMOD_MIRROR="$mirror_address $mirror_address/old" @gone//:root
