# SPDX-License-Identifier: MIT OR GPL-2.0-only
# shellcheck shell=bash
#
# A workspace with a small kernel that this project builds from Debian's source, for the scripts that source this
# file after scratch.sh: $workspace has kernel.tar, its build tree for modules, and bzImage, its image.
#
# scratch.sh sets the other variables.
# shellcheck disable=SC2154

start=$SECONDS
(cd "$project" && ./bazelw build //tests/kernel/build:small > "$scratch/log" 2>&1) ||
  fail "cannot build the kernel:"$'\n'"$(cat "$scratch/log")"
echo "MEASURED: $((SECONDS - start)) s until the kernel was built or taken from a cache"

workspace=$scratch/workspace
mkdir -p "$workspace"
cp "$project/bazel-bin/tests/kernel/build/small.tar" "$workspace/kernel.tar"
cp "$project/bazel-bin/tests/kernel/build/small/bzImage" "$workspace/bzImage"

# Writes a BUILD file with hello and its test for each of the kernels: write_hello REPOSITORY…
write_hello() {
  cat > "$workspace/BUILD.bazel" << EOS
load("@rules_kmod//kmod_rules:defs.bzl", "kernel_module", "kernel_module_test", "module_parameter")

exports_files(["bzImage"])

_KERNELS = "$*".split(" ")

[
    kernel_module(
        name = "hello_" + kernel,
        author = "The rules_kmod authors",
        description = "Greets from C++",
        kernel = "@{}//:kernel".format(kernel),
        license = "Dual MIT/GPL",
        module_name = "hello",
        parameters = {
            "times": module_parameter("int", default = 1),
            "who": module_parameter("charp", default = "world"),
        },
        deps = ["@rules_kmod//hello"],
    )
    for kernel in _KERNELS
]

[
    kernel_module_test(
        name = "hello_{}_test".format(kernel),
        expect = [
            "hello: hello, kernel",
            "hello: bye",
        ],
        kernel = "@{}//:kernel".format(kernel),
        modules = {":hello_" + kernel: "who=kernel"},
    )
    for kernel in _KERNELS
]
EOS
}
