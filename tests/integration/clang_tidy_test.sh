#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# clang-tidy finds nothing in the C++ that //... compiles, for the host and for the kernel.
source "$(dirname "$0")/own_files.sh"

events=$(mktemp)
trap 'rm -f "$events"' EXIT

# Targets of the excluded folders are manual, because they fail on purpose.
find_own_files '*.cc' ':!tests/analysis' ':!tests/failures'
./bazelw build --config=ci --keep_going --build_event_json_file="$events" \
  --aspects='//tests/lint:clang_tidy.bzl%clang_tidy' --output_groups=clang_tidy //... ||
  fail "clang-tidy found the above, or Bazel could not run it. A line that clang-tidy is wrong about takes a NOLINT with the check's name and a reason."

missed=()
for file in "${own_files[@]}"; do
  grep -qE "_clang_tidy/[^/]+/$file\.log\"" "$events" || missed+=("$file")
done
[ ${#missed[@]} -eq 0 ] ||
  fail "no target of //... compiles ${missed[*]}, so that clang-tidy did not read it. Add it to one, or delete it."
echo "clang-tidy found nothing in ${#own_files[@]} files"
