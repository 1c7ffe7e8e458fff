#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Measures what it costs to include a header of the kernel: bench/header_cost.sh [PAIRS [HEADER]]
# Compiles a file that only includes the header, in C by the kernel's own compiler and in C++ by the pinned Clang,
# alternately. Prints processor seconds and the largest memory in KiB of each, and the median ratios of C++ to C.
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-7}
header=${2:-linux/fs.h}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./bazelw build //tests/headers:debian12_cloud_amd64_proof > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
work=$(./bazelw info execution_root 2> /dev/null)
external=$(./bazelw info output_base 2> /dev/null)/external
translated=$work/bazel-out/host/bin/external/debian12_cloud_amd64/translated_headers
kernel=$external/debian12_cloud_amd64/root
build=$kernel/usr/src/linux-headers-6.1.0-50-cloud-amd64
clang=$external/kmod_clang/root
standard=$external/kmod_freestanding_libstdcxx/root/usr/include

echo "#include <$header>" > "$scratch/one.c"
cp "$scratch/one.c" "$scratch/one.cc"

# The include directories with which kbuild compiles a module.
includes=()
read -r -a includes < <(sed -n 's/^variable LINUXINCLUDE=//p' "$kernel/kbuild_steps" |
  sed -e "s#@KERNEL@#$kernel#g" -e "s#\./#$build/#g")
includes+=(-include "$kernel/usr/src/linux-headers-6.1.0-50-common/include/linux/compiler_types.h")

c=("$external/kmod_kbuild_gcc12/root/usr/bin/gcc-12" -nostdinc "${includes[@]}" -D__KERNEL__ -DMODULE -DCC_USING_FENTRY
  '-DKBUILD_MODNAME="one"' '-DKBUILD_BASENAME="one"' -std=gnu11 -fshort-wchar -mcmodel=kernel -fno-pic -O2 -w -fsyntax-only
  "$scratch/one.c")
cxx=("$clang/usr/bin/clang-19" --target=x86_64-linux-gnu -resource-dir "$clang/usr/lib/llvm-19/lib/clang/19" -nostdlibinc
  -nostdinc++ -ffreestanding -isystem runtime/std -isystem "$standard/c++/14" -isystem "$standard/x86_64-linux-gnu/c++/14"
  -isystem "$translated" -std=c++23 -fshort-wchar -mcmodel=kernel -O2 -w -fsyntax-only "$scratch/one.cc")

# Prints processor seconds and KiB: cost COMMAND… Busybox takes the KiB of the kernel for pages of 4 KiB.
cost() {
  "$external/kmod_busybox/bin/busybox" time -f '%U %S %M' "$@" 2> "$scratch/cost" || { cat "$scratch/cost" >&2; exit 1; }
  awk 'END { printf "%.2f %d\n", $1 + $2, $3 / 4 }' "$scratch/cost"
}

cost "${c[@]}" > "$scratch/first"
cost "${cxx[@]}" >> "$scratch/first"
for ((i = 0; i < pairs; i++)); do
  read -r c_seconds c_memory < <(cost "${c[@]}")
  read -r cxx_seconds cxx_memory < <(cost "${cxx[@]}")
  echo "C $c_seconds s, $c_memory KiB; C++ $cxx_seconds s, $cxx_memory KiB"
  awk "BEGIN { print $cxx_seconds / $c_seconds }" >> "$scratch/time"
  awk "BEGIN { print $cxx_memory / $c_memory }" >> "$scratch/memory"
done
median() { sort -n "$1" | sed -n "$((pairs / 2 + 1))p"; }
echo "median of C++ to C: time $(median "$scratch/time"), memory $(median "$scratch/memory")"
