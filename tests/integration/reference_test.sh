#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that the reference pages match the docstrings and the headers' comments, that every public symbol has
# documentation, and that links between the pages are not broken.
source "$(dirname "$0")/own_files.sh"

./bazelw run //docs:update_reference -- --check ||
  fail "the reference pages are not current, or a public symbol has no documentation; see above."

find_own_files '*.md'
broken=0
for page in "${own_files[@]}"; do
  # Targets of [text](target), without addresses and without the part after #.
  while IFS= read -r target; do
    [ -e "$(dirname "$page")/$target" ] && continue
    echo "$page: there is no $target"
    broken=$((broken + 1))
  done < <(grep -oE '\]\([^)# ]+' "$page" | sed 's/^](//' | grep -vE '^[a-z]+:')
done
[ "$broken" -eq 0 ] || fail "$broken links lead nowhere; see above."
echo "the reference is current, and the links of ${#own_files[@]} pages lead somewhere"
