# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The platform of one kernel, and the C++ toolchain for it."""

load("@rules_cc//cc:defs.bzl", "cc_toolchain")
load(":freestanding.bzl", "freestanding_toolchain_config")

_CLANG = Label("@kmod_clang//:root")
_FILES = Label("@kmod_clang//:freestanding_files")
_KERNEL_X86_64 = Label("//toolchains:kernel_x86_64")

# buildifier: disable=unnamed-macro (a repository has one kernel, so the names are fixed)
def kernel_cc_toolchain(kernel):
    """Declares `:platform`, the platform of code for a kernel, and `:toolchain`, which compiles for it.

    Args:
      kernel: (string) the label of the kernel, such as `@debian12_amd64//:kernel`.
    """
    public = ["//visibility:public"]
    native.constraint_value(
        name = "constraint",
        constraint_setting = Label("//toolchains:kernel_release"),
        visibility = public,
    )
    native.platform(
        name = "platform",
        constraint_values = [":constraint"],
        parents = [_KERNEL_X86_64],
        visibility = public,
    )
    native.toolchain(
        name = "toolchain",
        exec_compatible_with = [
            "@platforms//cpu:x86_64",
            "@platforms//os:linux",
        ],
        target_compatible_with = [
            Label("//toolchains:kernel"),
            "@platforms//cpu:x86_64",
            "@platforms//os:linux",
            ":constraint",
        ],
        toolchain = ":cc_toolchain",
        toolchain_type = "@bazel_tools//tools/cpp:toolchain_type",
        visibility = public,
    )
    cc_toolchain(
        name = "cc_toolchain",
        all_files = _FILES,
        ar_files = _CLANG,
        as_files = _FILES,
        compiler_files = _FILES,
        dwp_files = _CLANG,
        linker_files = _FILES,
        objcopy_files = _CLANG,
        strip_files = _CLANG,
        supports_param_files = True,
        toolchain_config = ":config",
    )
    freestanding_toolchain_config(
        name = "config",
        archiver = Label("@kmod_clang//:root/usr/bin/llvm-ar-19"),
        clang = _CLANG,
        compiler = Label("@kmod_clang//:root/usr/bin/clang-19"),
        kernel = kernel,
        libstdcxx = Label("@kmod_freestanding_libstdcxx//:root"),
    )
