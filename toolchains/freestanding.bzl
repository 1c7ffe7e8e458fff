# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The freestanding toolchain: C++ that runs inside the kernel.

Its flags are those of freestanding_flags.bzl.
"""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "action_config", "feature", "flag_group", "flag_set", "tool")
load("@rules_cc//cc:defs.bzl", "CcToolchainConfigInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":clang.bzl", "COMPILE_ACTIONS", "CXX_COMPILE_ACTIONS", "C_COMPILE_ACTIONS", "EXECUTION_ROOT", "LINK_ACTIONS", "flags_feature")
load(":freestanding_flags.bzl", "FREESTANDING_ATTRS", "freestanding_flags")
load(":header_module.bzl", "precompiled_directory", "precompiled_feature")

# Features of Bazel itself that give actions their usual arguments.
_COMPILE_FEATURES = ["user_compile_flags", "compiler_input_flags", "compiler_output_flags"]
_LINK_FEATURES = ["output_execpath_flags", "libraries_to_link", "user_link_flags", "linker_param_file"]

def _action_configs(ctx):
    # By file, because a path would be relative to the cc_toolchain, which is not in the compiler's
    # repository, and Bazel refuses a path with "..".
    clang = tool(tool = ctx.file.compiler)
    return [
        action_config(action_name = name, enabled = True, implies = _COMPILE_FEATURES, tools = [clang])
        for name in COMPILE_ACTIONS
    ] + [
        action_config(action_name = name, enabled = True, implies = _LINK_FEATURES, tools = [clang])
        for name in LINK_ACTIONS
    ] + [
        action_config(
            action_name = ACTION_NAMES.cpp_link_static_library,
            enabled = True,
            implies = ["archiver_flags"],
            tools = [tool(tool = ctx.file.archiver)],
        ),
    ]

def _freestanding_toolchain_config_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    flags = freestanding_flags(kernel, ctx.file.clang, ctx.file.libstdcxx, ctx.file.configuration)
    features = [
        flags_feature("clang", COMPILE_ACTIONS, flags.clang),
        flags_feature("kernel", COMPILE_ACTIONS, flags.kernel),
        flags_feature("freestanding", COMPILE_ACTIONS, flags.freestanding),
        flags_feature("c_standard", C_COMPILE_ACTIONS, flags.c),
        flags_feature("cxx_language", CXX_COMPILE_ACTIONS, flags.cxx),
        flags_feature("cxx_library", CXX_COMPILE_ACTIONS, flags.cxx_library),
        precompiled_feature([ctx.file.standard_library]),
        feature(
            name = "treat_warnings_as_errors",
            flag_sets = [flag_set(actions = COMPILE_ACTIONS, flag_groups = [flag_group(flags = ["-Werror"])])],
        ),
        # A module is linked by kernel_module; a program cannot run in a kernel.
        flags_feature("no_programs", LINK_ACTIONS, ["--rules-kmod-cannot-link-a-program-for-the-kernel"]),
        feature(name = "supports_pic", enabled = False),
    ]
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        toolchain_identifier = "kmod-freestanding-" + kernel.release,
        host_system_name = "x86_64-linux-gnu",
        target_system_name = "x86_64-linux-gnu",
        target_cpu = "k8",
        target_libc = "none",
        compiler = "clang",
        abi_version = "kernel",
        abi_libc_version = "none",
        action_configs = _action_configs(ctx),
        features = features,
        cxx_builtin_include_directories = [EXECUTION_ROOT + path for path in flags.include_directories] + [
            precompiled_directory(ctx.file.standard_library),
        ],
    )

freestanding_toolchain_config = rule(
    implementation = _freestanding_toolchain_config_impl,
    attrs = dicts.add(FREESTANDING_ATTRS, {
        "archiver": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The program llvm-ar of that tree, such as `root/usr/bin/llvm-ar-19`.",
        ),
        "compiler": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The program clang of that tree, such as `root/usr/bin/clang-19`.",
        ),
        "standard_library": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            mandatory = True,
            doc = "The standard library's headers, compiled by `freestanding_standard_library`.",
        ),
    }),
    provides = [CcToolchainConfigInfo],
    doc = "Configures Clang for C++ that runs inside a kernel.",
)
