#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks that a build fetches only the kernels that it is for, although the toolchains of all kernels are
# registered.
# Minutes: 1
source "$(dirname "$0")/scratch.sh"

# A checkout of its own, so that nothing is fetched yet. What every kernel needs comes from this checkout.
workspace=$scratch/workspace
copy_project "$workspace"
rm -f "$workspace/user.bazelrc"
trees=()
while IFS= read -r option; do
  case $option in
    *=debian* | *=kmod_debian* | *=kmod_kbuild*) ;;
    *) trees+=("$option") ;;
  esac
done < <(fetched_trees //hello:hello_ko)

# Fails unless the fetched kernels, images and compilers, those of Rust too, are these: expect_fetched TREE…
expect_fetched() {
  local external found
  external=$(scratch_bazel "$workspace" info output_base 2> /dev/null)/external
  found=$(cd "$external" && for tree in debian*/root kmod_debian*/root kmod_kbuild*/root kmod_rust*/root; do
    [ ! -e "$tree" ] || echo "${tree%/root}"
  done)
  [ "$found" = "$(printf '%s\n' "$@")" ] || fail "fetched: ${found//$'\n'/ }; expected: $*"
}

# Analysis needs the fetched kernels; nothing is compiled.
analyze() {
  bazel_in "$workspace" build --nobuild --repository_cache="$cache" "${trees[@]}" "$@"
}

analyze //hello:hello_ko
expect_fetched debian12_cloud_amd64 kmod_kbuild_gcc12

# One archive of a set that has more kernels.
analyze //examples/module_deps:counting_set_debian12_amd64
expect_fetched debian12_amd64 debian12_cloud_amd64 kmod_kbuild_gcc12
