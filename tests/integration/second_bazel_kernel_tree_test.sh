#!/bin/bash
# SPDX-License-Identifier: MIT OR GPL-2.0-only
#
# Checks the tag kernel_tree of the module extension with Bazel 7.7: hello builds for a kernel that is not Debian's,
# and passes its test in a VM with that kernel's image, which is a file of the workspace.
# A lane of its own, because building a kernel takes minutes:
# KMOD_ALL_LANES=1 tests/integration/run second_bazel_kernel_tree
source "$(dirname "$0")/scratch.sh"
source "$(dirname "$0")/second_bazel.sh"

[ -n "${KMOD_ALL_LANES:-}" ] || skip "it takes minutes; set KMOD_ALL_LANES=1 to run it"
source "$(dirname "$0")/small_kernel.sh"

make_second_root
cat > "$workspace/MODULE.bazel" << EOS
module(name = "test")

bazel_dep(name = "rules_kmod", version = "0.1.0")
local_path_override(
    module_name = "rules_kmod",
    path = "$project",
)

kmod = use_extension("@rules_kmod//kmod_rules:extensions.bzl", "kmod")
kmod.kernel_tree(
    name = "of_archive",
    archive = "//:kernel.tar",
    compiler = "gcc-12",
    image = "//:bzImage",
    tools = "@kmod_kbuild_gcc12//:root",
)
use_repo(kmod, "kmod_kbuild_gcc12", "of_archive")
EOS
write_hello of_archive
second_bazel "$workspace" test "${second_module_options[@]}" "${second_future[@]}" --test_output=all //:hello_of_archive_test
expect_log "hello: hello, kernel" "verdict: pass"
