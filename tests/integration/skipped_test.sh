#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# tests/integration/run counts a script that exits with 77 as skipped, by its name and with its reason, and
# neither as passed nor as failed. A run in which nothing passed fails, and so does 77 without a reason. Without
# names, the longest scripts start first.
source "$(dirname "$0")/scratch.sh"

scripts=$scratch/scripts
mkdir "$scripts"
echo "exit 0" > "$scripts/good_test.sh"
echo "exit 1" > "$scripts/bad_test.sh"
echo "echo 'this machine has no fans'; exit 77" > "$scripts/absent_test.sh"
echo "exit 77" > "$scripts/silent_test.sh"

# run_scripts NAME…
run_scripts() {
  (cd "$project" && KMOD_INTEGRATION_SCRIPTS=$scripts tests/integration/run "$@") > "$scratch/log" 2>&1
}

# Fails unless the last lines of the log are these.
expect_end() {
  local expected
  expected=$(printf '%s\n' "$@")
  [ "$(tail -n $# "$scratch/log")" = "$expected" ] || fail "the log does not end with $*: $(cat "$scratch/log")"
}

run_scripts good absent || fail "a skipped test fails the run: $(cat "$scratch/log")"
expect_end "skipped: absent" "1 passed, 0 failed"
grep -qE '^SKIP absent \([0-9]+ s\): this machine has no fans$' "$scratch/log" || fail "the reason is missing"

expect_failure "a test that fails" run_scripts good bad absent
expect_end "skipped: absent" "1 passed, 1 failed"

expect_failure "nothing passed" run_scripts absent
expect_end "skipped: absent" "0 passed, 0 failed"

expect_failure "77 without a reason" run_scripts good silent
expect_end "1 passed, 1 failed"

rm "$scripts"/*
: > "$scripts/brief_test.sh"
echo "# Minutes: 2" > "$scripts/middle_test.sh"
echo "# Minutes: 10" > "$scripts/long_test.sh"
KMOD_INTEGRATION_JOBS=1 run_scripts || fail "empty scripts fail: $(cat "$scratch/log")"
started=$(sed -nE 's/^PASS ([a-z]+) .*/\1/p' "$scratch/log" | paste -sd ' ')
[ "$started" = "long middle brief" ] || fail "the scripts started in this order: $started"
