#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that Bazel 7.7 with WORKSPACE builds hello, boots it and passes the unit tests of the base library, and
# that its modules have the same bytes as those of this checkout's Bazel.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/second_bazel.sh"

make_second_root
workspace=$scratch/workspace
copy_project "$workspace"
start=$SECONDS
second_bazel "$workspace" test "${second_workspace_options[@]}" --build_tests_only=no //hello/... //tests:qemu_smoke //tests/base/... ||
  fail "Bazel 7.7 with WORKSPACE does not pass"
echo "MEASURED: $((SECONDS - start)) s with WORKSPACE"
compare_with_second "$workspace"
