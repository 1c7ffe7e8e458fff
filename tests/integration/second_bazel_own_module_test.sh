#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# A workspace of one's own with Bazel 7.7, by MODULE.bazel and by WORKSPACE: README.md's first module and its VM test,
# and, with a kernel that the workspace declares, a module for two kernels, its VM test and a unit test on the host.
# Both ways give the same bytes, and messages show labels as they are written. MODULE.bazel takes the rules from the
# release archive, WORKSPACE from a path.
# Minutes: 6
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/release.sh"
source "$(dirname "$0")/second_bazel.sh"

make_second_root
build_release
consumer=$project/tests/integration/consumer

# own_workspace NAME: makes the workspace.
own_workspace() {
  mkdir -p "$scratch/$1"
  cp -R "$consumer/." "$scratch/$1"
  cat "$consumer/own_kernel/MODULE.bazel.part" >> "$scratch/$1/MODULE.bazel"
  cat "$consumer/own_kernel/WORKSPACE.part" >> "$scratch/$1/WORKSPACE"
  sed 's/"debian12_cloud_amd64\(_image\)*"/"my_kernel\1"/' "$project/kmod_rules/packages.lock.json" > "$scratch/$1/my.lock.json"
  sed -i "s|/path/to/rules_kmod|$project|" "$scratch/$1/WORKSPACE"
  # In place of the path that README.md shows.
  release_lines MODULE.bazel > "$scratch/lines"
  sed -i -e "/^bazel_dep(name = \"rules_kmod\"/,/^)/{/^)/r $scratch/lines
    d
  }" "$scratch/$1/MODULE.bazel"
}

# build_own_workspace NAME OPTION…
build_own_workspace() {
  local workspace=$scratch/$1 start=$SECONDS
  own_workspace "$1"
  shift
  second_bazel "$workspace" test "$@" --build_tests_only=no //... || fail "$workspace does not pass"
  echo "MEASURED: $((SECONDS - start)) s for ${workspace##*/}"
  mkdir "$workspace.outputs"
  cp "$workspace"/bazel-bin/{first.ko,own_kernel/adder_debian12_amd64/adder.ko,own_kernel/adder_my_kernel/adder.stripped.ko} "$workspace.outputs"

  # A message names the target and the kernels as people write them.
  cat >> "$workspace/BUILD.bazel" << 'EOS'

kernel_module(
    name = "wrong_ko",
    kernel = "@debian12_amd64//:kernel",
    license = "Dual MIT/GPL",
    module_deps = ["//own_kernel:adder_my_kernel"],
    module_name = "wrong",
    deps = [":first"],
)
EOS
  expect_failure "a module for another kernel" second_bazel "$workspace" build "$@" //:wrong_ko
  expect_log "//:wrong_ko: module_deps holds //own_kernel:adder_my_kernel, which is built for kernel @my_kernel//:kernel, and this module is for @debian12_amd64//:kernel"
}

build_own_workspace module "${second_module_options[@]}" "${second_future[@]}"
build_own_workspace workspace "${second_workspace_options[@]}"
diff -r "$scratch/module.outputs" "$scratch/workspace.outputs" || fail "the modules differ between MODULE.bazel and WORKSPACE"
