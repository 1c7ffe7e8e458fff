#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Measures what the precompiled standard library saves: bench/standard_library.sh [PAIRS [LIBRARY]]
# Compiles the one C++ file of a library for the kernel by the command of its action, with the precompiled headers and
# without, alternately. Prints processor seconds of each pair and the median ratio.
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-15}
library=${2:-//tests/toolchains/standard_library:precompiled}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./bazelw build "${library}_object" > "$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
cd "$(./bazelw info execution_root 2> /dev/null)"
busybox=$PWD/../../external/kmod_busybox/bin/busybox

# Fills an array with the command of the action, which writes to the scratch directory: command ARRAY OPTION…
command() {
  local -n words=$1
  shift
  (cd "$OLDPWD" && ./bazelw aquery --output=text "$@" "mnemonic(CppCompile, deps(${library}_object))") \
    > "$scratch/action" 2> "$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
  # Bazel prints the command for a shell.
  eval "words=($(sed -nE '/^  Command Line: \(exec /,/\)$/ { s/^  Command Line: \(exec //; s/\)$//; s/\\$//; p; }' "$scratch/action"))"
  # The last word is the object.
  words[-1]=$scratch/object
  for i in "${!words[@]}"; do
    [ "${words[i]}" != -MF ] || words[i + 1]=$scratch/dependencies
  done
}

cost() {
  "$busybox" time -f '%U %S' "$@" 2> "$scratch/cost" || { cat "$scratch/cost" >&2; exit 1; }
  awk 'END { printf "%.2f\n", $1 + $2 }' "$scratch/cost"
}

precompiled=()
textual=()
command precompiled
command textual --features=-precompiled_standard_library
[[ " ${precompiled[*]} " = *" -fmodule-file="* ]] || { echo "the action of $library does not load the headers" >&2; exit 1; }
for ((i = 0; i < pairs; i++)); do
  a=$(cost "${precompiled[@]}")
  b=$(cost "${textual[@]}")
  echo "precompiled $a s, textual $b s"
  awk "BEGIN { print $a / $b }" >> "$scratch/ratios"
done
echo "median of precompiled to textual: $(sort -n "$scratch/ratios" | sed -n "$((pairs / 2 + 1))p")"
