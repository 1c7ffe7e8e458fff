#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that Bazel 7.7 with MODULE.bazel analyzes every target and builds and tests hello, with what later
# versions of Bazel do switched on, and that its modules have the same bytes as those of this checkout's
# Bazel.
# Minutes: 5
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/second_bazel.sh"

# expect_plain_messages: no message of the last command shows a canonical name or warns of source directories.
expect_plain_messages() {
  if grep -F "is a directory; dependency checking of directories is unsound" "$scratch/log"; then
    fail "Bazel 7.7 warns of source directories"
  fi
  if grep -E '@@|_main[~+]' "$scratch/log"; then
    fail "messages show canonical names of repositories"
  fi
}

make_second_root
workspace=$scratch/workspace
copy_project "$workspace"
start=$SECONDS
second_bazel "$workspace" build --nobuild "${second_module_options[@]}" "${second_future[@]}" //... ||
  fail "Bazel 7.7 with MODULE.bazel cannot analyze //..."
expect_plain_messages
second_bazel "$workspace" test "${second_module_options[@]}" "${second_future[@]}" --build_tests_only=no \
  //hello:hello_ko //hello:hello_c_ko //hello:hello_rust_ko //examples/rust:history_test //tests:qemu_smoke //tests:qemu_smoke_on_debian13_cloud_amd64 //tests/kernel/config:says_on_rt_test ||
  fail "Bazel 7.7 with MODULE.bazel does not build or test hello, or select() chooses for another kernel"
expect_plain_messages
echo "MEASURED: $((SECONDS - start)) s with MODULE.bazel"
compare_with_second "$workspace"
