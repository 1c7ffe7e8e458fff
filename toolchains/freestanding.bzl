# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The freestanding toolchain: C++ that runs inside the kernel.

The flags for code generation that depend on the kernel come from its KernelInfo.cxx_flags, which kbuild
answered. The flags in this file are the same for C++ in every kernel.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "action_config", "feature", "flag_group", "flag_set", "tool")
load("@rules_cc//cc:defs.bzl", "CcToolchainConfigInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo")
load(":clang.bzl", "COMPILE_ACTIONS", "CXX_COMPILE_ACTIONS", "C_COMPILE_ACTIONS", "EXECUTION_ROOT", "LINK_ACTIONS", "RESOURCE_DIRECTORY", "clang_flags", "flags_feature")

_LANGUAGE_FLAGS = [
    # The kernel has memcpy, strlen and similar functions, so the compiler may generate calls of them.
    "-ffreestanding",
    "-fbuiltin",
    "-fno-pic",
    "-fno-unwind-tables",
    "-fvisibility=hidden",
    # objtool refuses a function that does not return but ends in a fall-through.
    "-mllvm",
    "-trap-unreachable",
    # Size: unroll as GCC does at -O2, and omit comments, address tables and link tables, which are not used.
    "-fno-unroll-loops",
    "-Qn",
    "-fno-addrsig",
    "-fno-autolink",
    "-Wall",
    "-Wextra",
    "-Wframe-larger-than=2048",
    "-Wvla",
    # An initializer of a kernel's table of functions names those that there are.
    "-Wno-missing-designated-field-initializers",
]

_CXX_FLAGS = [
    "-std=c++23",
    "-nostdinc++",
    "-nostdlibinc",
    "-fno-exceptions",
    "-fno-rtti",
    # kmalloc promises less than the 16 bytes that Clang assumes of operator new.
    "-fnew-alignment=8",
    "-fsized-deallocation",
    "-fvisibility-inlines-hidden",
    # In a kernel without CONFIG_CONSTRUCTORS, the module loader does not run static constructors.
    "-Werror=global-constructors",
    "-Werror=exit-time-destructors",
]

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
    libstdcxx = ctx.file.libstdcxx.path + "/usr/include"
    configuration = ctx.file.configuration.dirname.rpartition("/")[0]
    features = [
        flags_feature("clang", COMPILE_ACTIONS, [
            "--target=x86_64-linux-gnu",
            # Only to keep Clang from looking for a GCC of the host; nothing is read from there.
            "--sysroot=" + ctx.file.clang.path,
        ] + clang_flags(ctx.file.clang, [ctx.file.clang, ctx.file.libstdcxx, ctx.file.configuration])),
        flags_feature("kernel", COMPILE_ACTIONS, list(kernel.cxx_flags)),
        flags_feature("freestanding", COMPILE_ACTIONS, _LANGUAGE_FLAGS),
        flags_feature("c_standard", C_COMPILE_ACTIONS, ["-std=gnu11", "-nostdlibinc"]),
        flags_feature("cxx_language", CXX_COMPILE_ACTIONS, _CXX_FLAGS),
        # The project's configuration comes first: it wraps headers of the library with the same names.
        flags_feature("cxx_library", CXX_COMPILE_ACTIONS, [
            "-isystem",
            configuration,
            "-isystem",
            libstdcxx + "/c++/14",
            "-isystem",
            libstdcxx + "/x86_64-linux-gnu/c++/14",
        ]),
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
        cxx_builtin_include_directories = [
            EXECUTION_ROOT + ctx.file.clang.path + "/" + RESOURCE_DIRECTORY + "/include",
            EXECUTION_ROOT + libstdcxx,
            EXECUTION_ROOT + configuration,
        ],
    )

freestanding_toolchain_config = rule(
    implementation = _freestanding_toolchain_config_impl,
    attrs = {
        "archiver": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The program llvm-ar of that tree, such as `root/usr/bin/llvm-ar-19`.",
        ),
        "clang": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The compiler's tree, such as `root`: a source directory.",
        ),
        "compiler": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The program clang of that tree, such as `root/usr/bin/clang-19`.",
        ),
        "configuration": attr.label(
            allow_single_file = True,
            default = Label("//runtime:std/bits/c++config.h"),
            doc = "The project's c++config.h, in the folder `bits` of the configuration headers, such as `//runtime:std/bits/c++config.h`.",
        ),
        "kernel": attr.label(
            mandatory = True,
            providers = [KernelInfo],
            doc = "The kernel that the code runs in, such as `//kmod_rules:kernel`.",
        ),
        "libstdcxx": attr.label(
            allow_single_file = True,
            mandatory = True,
            doc = "The tree with libstdc++ 14's headers, such as `@kmod_freestanding_libstdcxx//:root`: a source directory.",
        ),
    },
    provides = [CcToolchainConfigInfo],
    doc = "Configures Clang for C++ that runs inside a kernel.",
)
