#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# The outputs of hello and of its C twin are the same bytes from two checkouts at different paths, with
# different output bases, users' variables and numbers of jobs.
source "$(dirname "$0")/scratch.sh"

targets=(//hello:hello_ko //hello:hello_c_ko //runtime)

# build FOLDER OPTIONS…: clones the project's files as they are, builds, and copies the outputs.
build() {
  local folder=$1
  shift
  mkdir -p "$folder/checkout" "$folder/outputs"
  (cd "$project" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) | tar -C "$folder/checkout" -xf -
  (cd "$folder/checkout" && env "$@" ./bazelw --output_user_root="$folder/bazel" build --repository_cache="$cache" ${jobs:+--jobs=$jobs} "${targets[@]}")
  # Only the trees that a target needs are fetched: no test has been asked for.
  local tree
  for tree in kmod_qemu kmod_symboliser kmod_lint kmod_googletest debian12_amd64 debian12_cloud_amd64_image; do
    [ ! -e "$(echo "$folder"/bazel/*/external)/$tree" ] || fail "$tree was fetched, and nothing needs it"
  done
  cp -L "$folder/checkout/bazel-bin/hello/"*.ko "$folder/checkout/bazel-bin/hello/"*.symvers "$folder/checkout/bazel-bin/hello/"*.o "$folder/outputs/"
  (cd "$folder/checkout" && ./bazelw --output_user_root="$folder/bazel" shutdown)
}

jobs=1 build "$scratch/b" LANG=C TZ=UTC
jobs=2 build "$scratch/a/much/longer-path-it-is" LANG=C.UTF-8 TZ=Asia/Kolkata KCFLAGS=-O3 MAKEFLAGS=-k ARCH=arm64

for output in hello.ko hello.stripped.ko hello.Module.symvers hello_c.ko hello_c.stripped.ko hello_ko.cxx.o; do
  [ -e "$scratch/b/outputs/$output" ] || fail "there is no $output"
done
diff -r "$scratch/b/outputs" "$scratch/a/much/longer-path-it-is/outputs" || fail "the outputs differ"

# No path of this machine is in what one installs or debugs with.
if grep -lF -e "$scratch" -e "$HOME/.cache" -r "$scratch/b/outputs"; then
  fail "these outputs hold a path of this machine"
fi
