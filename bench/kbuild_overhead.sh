#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Measures the overhead of the sandboxed action: bench/kbuild_overhead.sh [PAIRS]
# Runs hello's Kbuild action in Bazel and the same make by hand with the same sysroots, alternately, and
# prints the milliseconds of each pair and the median ratio. By hand, the kernel's top Makefile runs.
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-7}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./bazelw build //hello:hello_ko > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
external=$(./bazelw info output_base 2> /dev/null)/external
tools=$external/kmod_kbuild_gcc12/root/usr/bin
kernel=$external/debian12_cloud_amd64/root/usr/src/linux-headers-6.1.0-50-cloud-amd64

# The time of the action in the profile, including set-up and clean-up of the sandbox.
in_bazel() {
  rm -f bazel-bin/hello/hello.ko
  # Not from the user's caches.
  ./bazelw build --disk_cache= --remote_cache= --profile="$scratch/profile" --noslim_profile //hello:hello_ko > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  { zcat "$scratch/profile" 2> /dev/null || cat "$scratch/profile"; } | tr '}' '\n' |
    sed -n 's/.*"action processing","name":"Building kernel module hello[^"]*".*"dur":\([0-9]*\).*/\1/p' | head -n 1
}

by_hand() {
  local module=$scratch/module start
  rm -rf "$module"
  mkdir "$module"
  cp -L bazel-bin/hello/hello_ko.mod-main.c "$module/hello-main.c"
  cp -L bazel-bin/hello/hello_ko.cxx.o "$module/prebuilt.o"
  printf 'obj-m := hello.o\nhello-y := hello-main.o prebuilt.o\n' > "$module/Makefile"
  : > "$module/.prebuilt.o.cmd"
  start=$(date +%s%N)
  env -i PATH="$tools" "$tools/make" -C "$kernel" M="$module" CC=gcc-12 CONFIG_SHELL="$tools/sh" \
    delay-objtool=y modules > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  echo $((($(date +%s%N) - start) / 1000))
}

by_hand > /dev/null # warms the page cache
for ((i = 0; i < pairs; i++)); do
  a=$(in_bazel)
  b=$(by_hand)
  [ -n "$a" ] || { echo "the profile has no Kbuild action" >&2; exit 1; }
  echo "$a $b $((a * 1000 / b))" >> "$scratch/pairs"
  echo "Bazel $((a / 1000)) ms, by hand $((b / 1000)) ms"
done
sort -n -k 3 "$scratch/pairs" | awk '{ r[NR] = $3 } END { printf "median ratio %.2f\n", r[int((NR + 1) / 2)] / 1000 }'
