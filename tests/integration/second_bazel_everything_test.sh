#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Runs the tests of //... with Bazel 7.7, by MODULE.bazel and then by WORKSPACE. A lane of its own, because it
# takes half an hour: KMOD_ALL_LANES=1 tests/integration/run second_bazel_everything
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/second_bazel.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes half an hour; set KMOD_ALL_LANES=1 to run it"

# test_everything NAME OPTION…: runs all tests in a copy of the checkout.
test_everything() {
  local name=$1 start=$SECONDS
  shift
  copy_project "$scratch/$name"
  second_bazel "$scratch/$name" test "$@" --keep_going //... || fail "not every test passes with Bazel 7.7 by $name"
  echo "MEASURED: $((SECONDS - start)) s by $name, $(grep -E '^Executed [0-9]+ out of' "$scratch/log" | tail -n 1)"
}

make_second_root
test_everything MODULE.bazel "${second_module_options[@]}" "${second_future[@]}"
test_everything WORKSPACE "${second_workspace_options[@]}"
