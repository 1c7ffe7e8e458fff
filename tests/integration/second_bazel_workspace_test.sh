#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that Bazel 7.7 with WORKSPACE builds hello, with the same bytes as this checkout's Bazel.
# second_bazel_own_module_test.sh runs VM tests with a WORKSPACE.
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/second_bazel.sh"

make_second_root
workspace=$scratch/workspace
copy_project "$workspace"
start=$SECONDS
second_bazel "$workspace" build "${second_workspace_options[@]}" //hello:hello_ko //hello:hello_c_ko ||
  fail "Bazel 7.7 with WORKSPACE does not build hello"
echo "MEASURED: $((SECONDS - start)) s with WORKSPACE"
compare_with_second "$workspace"
