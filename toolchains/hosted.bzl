# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The hosted toolchain: for tests, tools, the VM runner and guest programs.

It links programs statically, so that they run on any x86-64 Linux, on a remote worker without
libraries, and as the only file of an initramfs.
"""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set", "with_feature_set")
load("@rules_cc//cc:defs.bzl", "CcToolchainConfigInfo", "cc_common")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":clang.bzl", "COMPILE_ACTIONS", "CXX_COMPILE_ACTIONS", "EXECUTION_ROOT", "LINK_ACTIONS", "RESOURCE_DIRECTORY", "TOOL_PATHS", "flags_feature")
load(":header_module.bzl", "precompiled_directory", "precompiled_feature")
load(":hosted_flags.bzl", "HOSTED_ATTRS", "hosted_flags")

def _mode_flags(mode, flags):
    return flag_set(
        actions = COMPILE_ACTIONS,
        flag_groups = [flag_group(flags = flags)],
        with_features = [with_feature_set(features = [mode])],
    )

def _hosted_toolchain_config_impl(ctx):
    flags = hosted_flags(ctx.file.clang, ctx.file.sysroot)
    features = [
        feature(name = "dbg"),
        feature(name = "fastbuild"),
        feature(name = "opt"),
        flags_feature("clang", COMPILE_ACTIONS, flags.all),
        flags_feature("cxx_language", CXX_COMPILE_ACTIONS, flags.cxx),
        # Optimization defines __OPTIMIZE__.
        precompiled_feature(ctx.files.standard_library, not_in = ["opt"]),
        feature(
            name = "compilation_mode",
            enabled = True,
            flag_sets = [
                _mode_flags("dbg", ["-g"]),
                _mode_flags("opt", ["-O2", "-DNDEBUG", "-ffunction-sections", "-fdata-sections"]),
            ],
        ),
        flags_feature("link", LINK_ACTIONS, flags.target + [
            "-no-canonical-prefixes",
            "--no-default-config",
            "-static",
            "--ld-path=" + ctx.file.clang.path + "/usr/bin/ld.lld-19",
            "-lstdc++",
            "-lm",
            "-Wl,--build-id=none",
            "-Wl,--gc-sections",
        ]),
        feature(name = "supports_pic", enabled = False),
    ]
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        toolchain_identifier = "kmod-hosted",
        host_system_name = "x86_64-linux-gnu",
        target_system_name = "x86_64-linux-gnu",
        target_cpu = "k8",
        target_libc = "glibc",
        compiler = "clang",
        abi_version = "gnu",
        abi_libc_version = "glibc",
        tool_paths = TOOL_PATHS,
        features = features,
        cxx_builtin_include_directories = [
            EXECUTION_ROOT + ctx.file.sysroot.path + "/usr/include",
            EXECUTION_ROOT + ctx.file.sysroot.path + "/usr/lib/gcc/x86_64-linux-gnu/12/include",
            EXECUTION_ROOT + ctx.file.clang.path + "/" + RESOURCE_DIRECTORY + "/include",
            precompiled_directory(ctx.files.standard_library[0]),
        ],
    )

hosted_toolchain_config = rule(
    implementation = _hosted_toolchain_config_impl,
    attrs = dicts.add(HOSTED_ATTRS, {
        "standard_library": attr.label(
            allow_files = True,
            cfg = TOOL_CONFIGURATION,
            mandatory = True,
            doc = "The standard library's headers, compiled by `hosted_standard_library`.",
        ),
    }),
    provides = [CcToolchainConfigInfo],
    doc = "Configures Clang for user-space programs.",
)
