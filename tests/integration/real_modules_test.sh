#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Builds all packaged modules of tests/real_modules, with those that take minutes, compares their code with that
# of kbuild alone, and loads them. Prints the table of docs/real_modules.md; its seconds are those of one action at
# a time. A lane of its own, because it takes minutes: KMOD_ALL_LANES=1 tests/integration/run real_modules
source "$(dirname "$0")/scratch.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
cd "$project"
tests=$(./bazelw query 'kind(".*_test", //tests/real_modules/...)' 2> /dev/null)

# What is there already would take no time: the outputs, and those of another clone in a cache.
rm -rf "$(./bazelw info bazel-bin 2> /dev/null)/tests/real_modules"
profile=$scratch/profile.gz
# shellcheck disable=SC2086 # one label a word
./bazelw test --disk_cache= --jobs=1 --nocache_test_results --profile="$profile" $tests ||
  fail "not all packaged modules have the same code as with kbuild alone, or load"

# Prints the seconds that an action took the first time, by a pattern of its progress message: seconds_of PATTERN
seconds_of() {
  zcat "$profile" | sed -nE "s/.*\"cat\":\"action processing\",\"name\":\"$1\".*\"dur\":([0-9]+).*/\1/p" |
    awk 'NR == 1 { printf "%.1f", $1 / 1000000 } END { exit !NR }' || fail "the profile lacks the action $1"
}

logs=bazel-testlogs/tests/real_modules
echo "MEASURED: | target | modules | bytes of code | kbuild alone (s) | here (s) | VM (s) |"
for log in "$logs"/*_code_test/test.log "$logs"/*/*_code_test/test.log; do
  name=${log%_code_test/test.log}
  load_log=${name}_load_test/test.log
  name=${name##*/}
  counts=$(sed -nE 's/^([0-9]+) modules, ([0-9]+) bytes of code$/\1 | \2/p' "$log")
  [ -n "$counts" ] || fail "the test of $name compared nothing"
  plain=$(seconds_of "Building ${name}_plain for [^\"]*")
  here=$(seconds_of "Building [^\"]*[:/]${name}[ /][^\"]*")
  loaded=-
  if [ -e "$load_log" ]; then
    loaded=$(sed -nE 's/^time: ([0-9]+) ms:.*/\1/p' "$load_log" | awk '{ printf "%.1f", $1 / 1000 }')
  fi
  echo "MEASURED: | $name | $counts | $plain | $here | $loaded |"
done
