#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds all packaged modules of tests/real_modules, with those that take minutes, compares their code with that
# of kbuild alone, and loads them. Prints the table of docs/real_modules.md. A lane of its own, because it takes
# minutes: KMOD_ALL_LANES=1 tests/integration/run real_modules
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
cd "$project"
tests=$(./bazelw query 'kind(".*_test", //tests/real_modules:all)' 2> /dev/null)
# shellcheck disable=SC2086 # one label a word
./bazelw test $tests || fail "not all packaged modules have the same code as with kbuild alone, or load"

logs=bazel-testlogs/tests/real_modules
echo "MEASURED: | target | modules | bytes of code | VM |"
for log in "$logs"/*_code_test/test.log; do
  name=${log%_code_test/test.log}
  name=${name##*/}
  counts=$(sed -nE 's/^([0-9]+) modules, ([0-9]+) bytes of code$/\1 | \2/p' "$log")
  [ -n "$counts" ] || fail "the test of $name compared nothing"
  loaded=-
  if [ -e "$logs/${name}_load_test" ]; then loaded=loaded; fi
  echo "MEASURED: | $name | $counts | $loaded |"
done
