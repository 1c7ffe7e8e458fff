#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that shellcheck finds nothing in the scripts: files that end in .sh, and others that begin with #!, except
# those of Rust, where #! begins an attribute.
source "$(dirname "$0")/own_files.sh"

find_own_files .
scripts=()
for file in "${own_files[@]}"; do
  [[ $file != *.rs ]] || continue
  if [[ $file == *.sh ]] || [ "$(head -c 2 "$file" | tr -d '\0')" = '#!' ]; then scripts+=("$file"); fi
done
[ ${#scripts[@]} -gt 0 ] || fail "no file ends in .sh or begins with #!"
shellcheck=$(lint_tool shellcheck)
# The tool also reads the files that a script sources from its directory.
"$shellcheck" --external-sources --source-path=SCRIPTDIR "${scripts[@]}" ||
  fail "shellcheck found the above"
echo "shellcheck found nothing in ${#scripts[@]} scripts"
