#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that update_lock writes and checks a lock from a signed archive; that it refuses an archive that
# is not signed by the keyring, changed, expired, of another suite, or older than the lock; and that it
# names the entries of a lock that differ from the signed index.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"
source "$(dirname "$0")/signed_archive.sh"

# The first state of the archive.
main_index() {
  stanza app 1.0 'Depends: libapp (>= 1) | other, awk' 'Pre-Depends: base'
  stanza libapp 1.2-1
  stanza mawk 3 'Provides: awk'
  stanza base 1
}

make_key archive
make_key stranger
main_index | make_suite stable archive
start_mirror

cat > "$scratch/sets.json" << 'EOS'
{
  "releases": {"r": {"suites": ["stable"], "components": ["main"], "architecture": "amd64"}},
  "exclude": {"base": "empty"},
  "sets": {"tools": {"release": "r", "roots": ["app"]}}
}
EOS

# Starts update_lock as `bazel run` does, but without Bazel.
(cd "$project" && ./bazelw run --script_path="$scratch/update_lock" //kmod_rules:update_lock) || fail "cannot build update_lock"
mirrors=("--mirror=$mirror_address")
update_lock() {
  "$scratch/update_lock" "${mirrors[@]}" --keyring="$scratch/archive.gpg" --sets="$scratch/sets.json" \
    --lock="$scratch/lock.json" "$@" 2>&1 | tee "$scratch/log"
}

expect_refusal() {
  local before
  before=$(cat "$scratch/lock.json")
  expect_failure "$1" update_lock
  [ "$(cat "$scratch/lock.json")" = "$before" ] || fail "$1: the lock was written"
  expect_failure "$1, for a check" update_lock --check
}

# A written lock has the form of the project's lock, and a second run does not change it.
update_lock
expect_log "r: stable of" "from $mirror_address" "added app 1.0" "added libapp 1.2-1" "added mawk 3" "set tools: added app libapp mawk"
cat > "$scratch/expected.json" << EOS
{
  "sets": {
    "tools": [
      "app",
      "libapp",
      "mawk"
    ]
  },
  "packages": [
    {"name": "app", "version": "1.0", "architecture": "amd64",
     "path": "pool/main/app_1.0_amd64.deb",
     "size": 100, "sha256": "$(echo "app 1.0" | sha256sum | cut -d ' ' -f 1)"},
    {"name": "libapp", "version": "1.2-1", "architecture": "amd64",
     "path": "pool/main/libapp_1.2-1_amd64.deb",
     "size": 100, "sha256": "$(echo "libapp 1.2-1" | sha256sum | cut -d ' ' -f 1)"},
    {"name": "mawk", "version": "3", "architecture": "amd64",
     "path": "pool/main/mawk_3_amd64.deb",
     "size": 100, "sha256": "$(echo "mawk 3" | sha256sum | cut -d ' ' -f 1)"}
  ]
}
EOS
diff "$scratch/expected.json" "$scratch/lock.json" || fail "the lock is not as it should be"
update_lock
expect_log "lock.json: nothing to change"
update_lock --check
expect_log "lock.json: all 3 packages are as the archive signed them"

# The same archive with a separate signature, and with the index only under its hash.
folder=$mirror/dists/stable
release_file stable "Acquire-By-Hash: yes" > "$folder/Release"
"$sqop" sign "$scratch/archive.key" < "$folder/Release" > "$folder/Release.gpg"
rm "$folder/InRelease"
mkdir -p "$folder/main/binary-amd64/by-hash/SHA256"
mv "$folder/main/binary-amd64/Packages.xz" \
  "$folder/main/binary-amd64/by-hash/SHA256/$(sha256sum < "$folder/main/binary-amd64/Packages.xz" | cut -d ' ' -f 1)"
update_lock --check
expect_log "all 3 packages are as the archive signed them"

# --check names exactly the swapped, changed and old entries.
cp "$scratch/lock.json" "$scratch/good.json"
sed -i "s/$(echo "app 1.0" | sha256sum | cut -d ' ' -f 1)/$(echo evil | sha256sum | cut -d ' ' -f 1)/" "$scratch/lock.json"
expect_failure "a swapped entry" update_lock --check
expect_log "lock.json does not agree with the signed index:" "app 1.0: the entry is not what the archive signed; sha256 is"
if grep -F "libapp" "$scratch/log" || grep -F "no longer" "$scratch/log"; then fail "a good entry was named"; fi
sed "s/1\.2-1/1.1-9/" "$scratch/good.json" > "$scratch/lock.json"
expect_failure "an older version" update_lock --check
expect_log "libapp 1.1-9: the locked version is no longer in the index. stable has replaced it by 1.2-1"
sed 's/"mawk"/"gawk"/' "$scratch/good.json" > "$scratch/lock.json"
expect_failure "a package that is not in the index" update_lock --check
expect_log "gawk 3: the index has no package of this name."
sed '/^ *"app",$/d' "$scratch/good.json" > "$scratch/lock.json"
expect_failure "an entry of no set" update_lock --check
expect_log "app 1.0: the entry is of no set."
cp "$scratch/good.json" "$scratch/lock.json"

# Archives that update_lock must refuse.
main_index | make_suite stable stranger
expect_refusal "a signature by another key"
expect_log "$mirror_address/dists/stable/InRelease has no good signature by a key of the keyring; key" "is not in the keyring"

main_index | make_suite stable archive
sed -i 's/^Codename: stable/Codename: unstable/' "$folder/InRelease"
expect_refusal "a changed release file"
expect_log "$mirror_address/dists/stable/InRelease: its signature by key" "is bad: the file is not what the archive signed"

main_index | make_suite stable archive
sed -i '/BEGIN PGP SIGNATURE/,$d; /BEGIN PGP/,/^$/d' "$folder/InRelease"
expect_refusal "no signature"
expect_log "has no good signature by a key of the keyring; it is not signed"

main_index | make_suite stable archive
release_file stable | "$sqop" inline-sign --as clearsigned "$scratch/stranger.key" >> "$folder/InRelease"
expect_refusal "a second text behind the first"
expect_log "gpgv finds more or other in it than one signed text"

main_index | make_suite stable archive
stanza app 9 | "$xz" > "$folder/main/binary-amd64/Packages.xz"
expect_refusal "a changed index"
expect_log "$mirror_address/dists/stable/main/binary-amd64/Packages.xz is not what the archive signed: it has" "Do not use this mirror."

main_index | make_suite stable archive "Valid-Until: Wed, 01 Jan 2020 00:00:00 UTC"
expect_refusal "an expired archive"
expect_log "$mirror_address/dists/stable expired on Wed, 01 Jan 2020 00:00:00 UTC, and now it is" "Use another mirror"

main_index | make_suite testing archive
rm -rf "$folder"
cp -r "$mirror/dists/testing" "$folder"
expect_refusal "one suite in place of another"
expect_log "$mirror_address/dists/stable is signed, but is the release of \"testing\" and not of \"stable\""

stanza app 0.9 | make_suite stable archive
expect_failure "an index without the dependency to exclude" update_lock
expect_log "sets.json: the list for every set excludes base, on which no package depends"

# An older archive, signed and not expired: written only with --allow-older.
main_index | sed 's/1\.2-1/1.1-9/' | make_suite stable archive
expect_failure "an older archive" update_lock
expect_log "lock.json is not changed" "libapp 1.2-1 -> 1.1-9" "--allow-older"
diff "$scratch/good.json" "$scratch/lock.json" || fail "the lock was written"
update_lock --allow-older
expect_log "changed libapp 1.2-1 -> 1.1-9"

# An update.
main_index | sed 's/1\.2-1/1.2-2/' | make_suite stable archive
update_lock
expect_log "changed libapp 1.1-9 -> 1.2-2"
update_lock --check

# A mirror without the archive is skipped, and all mirrors are named if none has it.
mirrors=("--mirror=$mirror_address/elsewhere" "--mirror=$mirror_address")
update_lock --check
mv "$folder" "$folder.gone"
expect_failure "no archive" update_lock
expect_log "no mirror gives the index of stable:" "$mirror_address/elsewhere/dists/stable/Release: " "$mirror_address/dists/stable/Release: " "name another mirror with --mirror=ADDRESS"
