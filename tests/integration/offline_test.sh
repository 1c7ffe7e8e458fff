#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that builds and tests need no network after one fetch: from the repository cache, and from a
# --distdir that fill_distdir filled. Bazel refuses a changed file of that directory and names it.
# Minutes: 5
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/mirror.sh"

fill() {
  (cd "$project" && ./bazelw run //kmod_rules:fill_distdir -- "$@") 2>&1 | tee "$scratch/log"
}

# Runs Bazel in a network namespace with only loopback, over which Bazel's client talks to its server.
# --batch makes the server end with the client.
offline() {
  export -f bazel_in scratch_bazel
  export project scratch
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --map-root-user --net bash -o pipefail -c '"$busybox" ip link set lo up && bazel_in "$@"' bash "$@"
}

checkout=$scratch/checkout
mkdir -p "$checkout"
(cd "$project" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) | tar -C "$checkout" -xf -

# Fetches the inputs of hello and its test in a virtual machine (VM) once.
(cd "$project" && ./bazelw build --nobuild //hello:hello_ko //hello:hello_rust_ko //tests:qemu_smoke)
sets=(bazel_skylib busybox clang debian12_cloud_amd64 debian12_cloud_amd64_image fmt freestanding_libstdcxx hosted
  kbuild_gcc12 libmd module_tools nlohmann_json pugixml qemu rules_cc rules_java symbolizer)
distdir=$scratch/distdir
fill "${sets[@]/#/--set=}" "$distdir"
expect_log "taken from the repository cache" "packages are there and correct"
if grep -F "taken from http" "$scratch/log"; then fail "the repository cache has these, and they were downloaded"; fi

# Actions need no network, and CI has compiled the same tools already.
disk=${KMOD_DISK_CACHE:-$scratch/disk}

# From the repository cache: clean, build, test.
offline "$checkout" --batch clean --expunge
offline "$checkout" --batch test --repository_cache="$cache" --disk_cache="$disk" --build_tests_only=no \
  //hello:hello_ko //hello:hello_rust_ko //tests:qemu_smoke
cp -L "$checkout/bazel-bin/hello/hello.ko" "$scratch/from_cache.ko"

# From the directory, with an empty repository cache and another output base. The results of actions come
# from the build above, and are found only if all fetched files are the same; the test runs again.
distdir_base=(--output_base="$scratch/bazel/from_distdir" --batch)
offline "$checkout" "${distdir_base[@]}" test --repository_cache="$scratch/no_cache" --distdir="$distdir" --disk_cache="$disk" \
  --nocache_test_results //hello:hello_ko //tests:qemu_smoke
cmp "$checkout/bazel-bin/hello/hello.ko" "$scratch/from_cache.ko" || fail "hello.ko has other bytes"

# Without either, the build fails, which shows that there was no network above.
expect_failure "no source at all" offline "$checkout" --output_base="$scratch/bazel/nothing" --batch \
  build --repository_cache="$scratch/no_cache_2" @kmod_busybox//:bin/busybox
expect_log "kmod_busybox: package busybox-static"

# Changes one byte of a file.
tampered=$(basename "$distdir"/busybox-static_*.deb)
printf 'X' | dd of="$distdir/$tampered" bs=1 seek=1000 conv=notrunc status=none
expect_failure "a file that was tampered with" fill --check "${sets[@]/#/--set=}" "$distdir"
expect_log "$tampered: busybox-static" "its sha256 is $(sha256sum < "$distdir/$tampered" | cut -d ' ' -f 1), and the lock has"
expect_failure "a fetch of a file that was tampered with" offline "$checkout" --output_base="$scratch/bazel/tampered" --batch \
  build --repository_cache="$scratch/no_cache_3" --distdir="$distdir" @kmod_busybox//:bin/busybox
expect_log "kmod_busybox: package busybox-static" "cannot be downloaded"

# fill_distdir replaces the changed file and adds the missing one; it keeps the others.
rm "$distdir"/make_*.deb
expect_failure "a file that is missing" fill --check "${sets[@]/#/--set=}" "$distdir"
expect_log "_amd64.deb: make " ": it is missing"
fill "${sets[@]/#/--set=}" "$distdir"
expect_log "$tampered: busybox-static" "it is missing; taken from the repository cache"
[ "$(grep -c "taken from" "$scratch/log")" -eq 2 ] || fail "files that were right were taken again"
fill --check "${sets[@]/#/--set=}" "$distdir"

# From a mirror that has some packages, lacks others, and has changed ones.
mkdir -p "$scratch/tree"
for name in good_1+2~rc3 gone wrong; do
  echo "$name" > "$scratch/tree/file"
  make_deb "$name" "$scratch/tree"
done
write_lock three good_1+2~rc3 gone wrong > "$scratch/lock.json"
rm "$mirror/pool/gone.deb"
truncate --size=+1 "$mirror/pool/wrong.deb"
start_mirror
expect_failure "a mirror that lacks a file" fill --lock="$scratch/lock.json" --mirror="$mirror_address" \
  --repository-cache="$scratch/no_cache" "$scratch/mirrored"
expect_log "good_1+2~rc3.deb: good-1+2-rc3 1: it is missing; taken from $mirror_address" \
  "gone.deb: gone 1: it is missing, and gone 1 cannot be downloaded:" "$mirror_address/pool/gone.deb: " \
  "wrong.deb: wrong 1: it is missing, and wrong 1 cannot be downloaded:" "bytes, and the lock says" \
  "1 of 3 packages are there and correct"
[ "$(ls "$scratch/mirrored")" = good_1+2~rc3.deb ] || fail "the folder holds $(ls "$scratch/mirrored")"
