#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Measures what the wrapper of a pinned program costs: bench/program_start.sh [ROUNDS]
# Starts programs by their wrappers and by the loader that these run, alternately, 200 times each. Prints the
# milliseconds of a processor for a start, medians.
set -euo pipefail

cd "$(dirname "$0")/.."
rounds=${1:-9}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

./bazelw build @kmod_kbuild_gcc12//:root @kmod_busybox//:bin/busybox > "$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }
external=$(./bazelw info output_base 2> /dev/null)/external

# Adds the milliseconds of one start of the command to a file: cost FILE COMMAND…
cost() {
  local file=$1
  shift
  # shellcheck disable=SC2016 # for the inner shell
  "$external/kmod_busybox/bin/busybox" time -f '%U %S' /bin/sh -c \
    'i=0; while [ $i -lt 200 ]; do "$@" > /dev/null; i=$((i + 1)); done' sh "$@" 2> "$scratch/cost"
  awk 'END { printf "%.2f\n", ($1 + $2) * 1000 / 200 }' "$scratch/cost" >> "$file"
}

for program in kmod_kbuild_gcc12/root/usr/bin/as kmod_kbuild_gcc12/root/usr/bin/make; do
  wrapper=$external/$program
  # The last line of the wrapper, with its variables.
  line=$(sed -n 's/^exec \(.*\) "\$@"$/\1/p' "$wrapper" | sed "s#\$0#$wrapper#g; s#\$root#$external/${program%%/root/*}/root#g")
  [ -n "$line" ] || { echo "$wrapper is not a wrapper" >&2; exit 1; }
  direct=()
  eval "direct=($line)"
  "${direct[@]}" --version > /dev/null
  rm -f "$scratch/wrapped" "$scratch/direct"
  for ((i = 0; i < rounds; i++)); do
    cost "$scratch/wrapped" "$wrapper" --version
    cost "$scratch/direct" "${direct[@]}" --version
  done
  median() { sort -n "$1" | sed -n "$((rounds / 2 + 1))p"; }
  echo "${program##*/}: $(median "$scratch/wrapped") ms by the wrapper, $(median "$scratch/direct") ms by the loader"
done
