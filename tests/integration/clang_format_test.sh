#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Every C and C++ file is formatted by .clang-format. To repair one: clang-format-19 -i FILE
source "$(dirname "$0")/own_files.sh"

find_own_files '*.c' '*.cc' '*.h' 'runtime/std/expected'
clang_format=$(lint_tool clang-format-19)
"$clang_format" --dry-run --Werror --ferror-limit=20 "${own_files[@]}" ||
  fail "the files above are not formatted. $clang_format -i FILE repairs one."
echo "${#own_files[@]} files are formatted"
