# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The common part of the hosted and the freestanding toolchain: the pinned Clang."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set", "tool_path")
load("//kmod_rules/private/base:label_text.bzl", "canonical_roots")

C_COMPILE_ACTIONS = [ACTION_NAMES.c_compile]

CXX_COMPILE_ACTIONS = [
    ACTION_NAMES.cpp_compile,
    ACTION_NAMES.cpp_header_parsing,
    ACTION_NAMES.cpp_module_compile,
    ACTION_NAMES.cpp_module_codegen,
]

COMPILE_ACTIONS = C_COMPILE_ACTIONS + CXX_COMPILE_ACTIONS + [
    ACTION_NAMES.assemble,
    ACTION_NAMES.preprocess_assemble,
]

LINK_ACTIONS = [
    ACTION_NAMES.cpp_link_executable,
    ACTION_NAMES.cpp_link_dynamic_library,
    ACTION_NAMES.cpp_link_nodeps_dynamic_library,
]

# The beginning of a built-in include directory whose path is relative to the directory of actions. The
# form with a label, %package(@repository//)%, does not resolve apparent names of repositories.
EXECUTION_ROOT = "%workspace%/"

RESOURCE_DIRECTORY = "usr/lib/llvm-19/lib/clang/19"

# The attribute of rules that call clang_flags(), or run the compiler.
CLANG_ATTRS = {
    "clang": attr.label(
        allow_single_file = True,
        mandatory = True,
        doc = "The compiler's tree, such as `root`: a source directory.",
    ),
}

# Paths below the package of the cc_toolchain, which is the compiler's own repository.
TOOL_PATHS = [
    tool_path(name = "ar", path = "root/usr/bin/llvm-ar-19"),
    tool_path(name = "cpp", path = "root/usr/bin/clang-cpp-19"),
    tool_path(name = "dwp", path = "root/usr/bin/llvm-dwp-19"),
    tool_path(name = "gcc", path = "root/usr/bin/clang-19"),
    tool_path(name = "gcov", path = "root/usr/bin/llvm-cov-19"),
    tool_path(name = "ld", path = "root/usr/bin/ld.lld-19"),
    tool_path(name = "llvm-cov", path = "root/usr/bin/llvm-cov-19"),
    tool_path(name = "nm", path = "root/usr/bin/llvm-nm-19"),
    tool_path(name = "objcopy", path = "root/usr/bin/llvm-objcopy-19"),
    tool_path(name = "objdump", path = "root/usr/bin/llvm-objdump-19"),
    tool_path(name = "strip", path = "root/usr/bin/llvm-strip-19"),
]

def flags_feature(name, actions, flags):
    """Makes a feature that is always on and adds flags to actions.

    Args:
      name: (string) the feature's name.
      actions: (list[string]) names of actions.
      flags: (list[string]) at least one flag.

    Returns:
      (FeatureInfo) the feature.
    """
    return feature(
        name = name,
        enabled = True,
        flag_sets = [flag_set(actions = actions, flag_groups = [flag_group(flags = flags)])],
    )

def clang_flags(clang, trees):
    """Returns flags with which the wrapped Clang finds its own files and writes the same bytes anywhere.

    Args:
      clang: (File) the compiler's tree.
      trees: (list[File]) files of the repositories that code includes headers from.

    Returns:
      (list[string]) flags for every compile action.
    """

    # The runtime is in the repository of this file.
    roots = canonical_roots([Label("//toolchains:clang.bzl")] + [tree.owner for tree in trees])
    return [
        # The program runs through a loader, so it cannot find its files by /proc/self/exe.
        "-no-canonical-prefixes",
        "-resource-dir",
        clang.path + "/" + RESOURCE_DIRECTORY,
        # No configuration file of the user or of the system.
        "--no-default-config",
        # Keeps the directory of the action out of debug information and __FILE__.
        "-ffile-compilation-dir=.",
        "-Wno-builtin-macro-redefined",
        "-D__DATE__=\"redacted\"",
        "-D__TIMESTAMP__=\"redacted\"",
        "-D__TIME__=\"redacted\"",
    ] + ["-ffile-prefix-map={}={}".format(root, name) for root, name in roots.items()]
