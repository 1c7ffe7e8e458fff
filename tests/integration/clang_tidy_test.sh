#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that clang-tidy finds nothing in the C++ that //... compiles, for the host and for the kernel,
# and that it does find seeded faults.
# Minutes: 5
source "$(dirname "$0")/own_files.sh"

events=$(mktemp)
log=$(mktemp)
trap 'rm -f "$events" "$log"' EXIT

clang_tidy() {
  ./bazelw build --config=ci --keep_going --build_event_json_file="$events" \
    --aspects='//tests/lint:clang_tidy.bzl%clang_tidy' --output_groups=clang_tidy "$@"
}

if clang_tidy //tests/lint/seeded:faults > "$log" 2>&1; then fail "clang-tidy does not find the faults that are there on purpose"; fi
found=$(sed -nE 's/.* error: .*\[(.*),-warnings-as-errors\]$/\1/p' "$log" | sort)
[ "$found" = "bugprone-use-after-move
clang-analyzer-core.NullDereference
clang-analyzer-cplusplus.Move
google-explicit-constructor
performance-unnecessary-value-param" ] || fail "of the faults that are there on purpose, clang-tidy finds: $found"$'\n'"$(cat "$log")"

# Targets of the excluded files are manual, because they fail on purpose.
find_own_files '*.cc' ':!tests/module/analysis' ':!tests/vm/analysis' ':!tests/module/failures' \
  ':!tests/toolchains/standard_library/forgetful.cc' ':!tests/toolchains/standard_library/late_choice.cc' \
  ':!tests/lint/seeded' ':!kmod_rules/third_party' ':!tests/reproducibility/seeded'
clang_tidy //... //tests/lint:own_code_scope //tests/toolchains/standard_library:textual \
  //kmod_rules/private/headers/translator:parts //tests/vm_faults/debugging:object_access_ko \
  //tests/vm_faults/debugging:race_ko ||
  fail "clang-tidy found the above, or Bazel could not run it. A line that clang-tidy is wrong about takes a NOLINT with the check's name and a reason."

missed=()
for file in "${own_files[@]}"; do
  grep -qE "_clang_tidy/[^/]+/$file\.log\"" "$events" || missed+=("$file")
done
[ ${#missed[@]} -eq 0 ] ||
  fail "no target of //... compiles ${missed[*]}, so that clang-tidy did not read it. Add it to one, or delete it."
echo "clang-tidy found nothing in ${#own_files[@]} files"
