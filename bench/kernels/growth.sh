#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Measures what a kernel more costs: bench/kernels/growth.sh
# Builds hello, C++ and runtime included, for 1, 2 and 5 kernels. Prints the actions, those of them for the kernels,
# and the seconds: of all, which include the tools, and of the actions for the kernels, summed.
set -euo pipefail

cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
bazel=(./bazelw --output_base="$scratch/output_base")
trap '"${bazel[@]}" shutdown > /dev/null 2>&1; chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT

run() { "${bazel[@]}" "$@" > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }; }

run build --nobuild //bench/kernels:on_5 # fetches everything
printf '%8s %8s %12s %8s %12s\n' kernels actions "for kernels" seconds "for kernels"
for count in 1 2 5; do
  target=//bench/kernels:on_$count
  run clean
  start=$(date +%s%N)
  run build --disk_cache= --remote_cache= --profile="$scratch/profile" --noslim_profile "$target"
  milliseconds=$((($(date +%s%N) - start) / 1000000))
  "${bazel[@]}" aquery --noinclude_commandline --output=text "deps($target)" > "$scratch/actions" 2> "$scratch/log"
  # What is for a kernel is in the configuration of that kernel, not in that of tools, "host".
  all=$(grep -cE '^  Mnemonic: (CppCompile|CppLink|Kbuild|KmodLink|KmodSbom|ModuleArchive)' "$scratch/actions")
  tools=$(grep -E -A 2 '^  Mnemonic: (CppCompile|CppLink)' "$scratch/actions" | grep -c '^  Configuration: host')
  sum=$({ zcat "$scratch/profile" 2> /dev/null || cat "$scratch/profile"; } | tr '}' '\n' |
    grep '"action processing"' | grep -v '\[for host\]\|for host' |
    sed -n 's/.*"dur":\([0-9]*\).*/\1/p' | awk '{ sum += $1 } END { printf "%.1f", sum / 1000000 }')
  printf '%8s %8s %12s %8s %12s\n' "$count" "$all" "$((all - tools))" "$((milliseconds / 1000))" "$sum"
done
