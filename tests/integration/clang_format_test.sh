#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that every C and C++ file is formatted as .clang-format says. clang-format-19 -i FILE formats
# a file.
source "$(dirname "$0")/own_files.sh"

find_own_files '*.c' '*.cc' '*.h' 'runtime/std/*'
clang_format=$(lint_tool clang-format-19)
"$clang_format" --dry-run --Werror --ferror-limit=20 "${own_files[@]}" ||
  fail "the files above are not formatted. $clang_format -i FILE formats a file."
echo "${#own_files[@]} files are formatted"
