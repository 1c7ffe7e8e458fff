# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Headers parsed once for each toolchain instead of once for each file.

They are an explicit header module of Clang: #include <array> in a file that has the module loads the module.
"""

load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set", "with_feature_set")
load(":clang.bzl", "CXX_COMPILE_ACTIONS")

# Macros by which code chooses how the library behaves. Clang refuses a file that defines one before an #include.
_CONFIGURATION_MACROS = ["_GLIBCXX_ASSERTIONS", "_GLIBCXX_DEBUG", "_GLIBCXX_CONCEPT_CHECKS"]

_NAME = "kmod_standard_library"

# Only what is named is read: no cache of modules, and no map of modules beside a header.
_EXPLICIT = ["-fmodules", "-fno-implicit-modules", "-fno-implicit-module-maps"]

def _own_flag(flag):
    """Makes a flag of the user a part of the language, which has no other effect.

    Any flag or macro can change what the headers mean, and Clang compares only those that change the language. Where
    the language differs, it reads the headers themselves.
    """
    return ["-Xclang", "-fmodule-feature", "-Xclang", "kmod_own_flag_" + flag]

def _loaded_path(library):
    """Returns the path by which code loads the precompiled headers.

    Clang lists them among the headers of a file. Bazel refuses an output there that it knows only as a file of the
    toolchain, and ignores an absolute path in a built-in include directory.
    """
    return "/proc/self/cwd/" + library.path

def precompiled_directory(library):
    """Returns the built-in include directory of a toolchain whose code loads precompiled headers.

    Args:
      library: (File) an output of precompile_headers().

    Returns:
      (string) the path.
    """
    return _loaded_path(library).rpartition("/")[0]

def precompiled_feature(libraries, not_in = []):
    """Makes the feature with which code loads the precompiled headers.

    Args:
      libraries: (list[File]) outputs of precompile_headers(). Code loads the one that is compiled with its own flags.
      not_in: (list[string]) features with whose flags Clang would refuse the headers and read them itself, such as
        `opt`. With one of them, code does not load the headers.

    Returns:
      (FeatureInfo) the feature, which is on.
    """
    return feature(
        name = "precompiled_standard_library",
        enabled = True,
        flag_sets = [flag_set(
            actions = CXX_COMPILE_ACTIONS,
            with_features = [with_feature_set(not_features = not_in)] if not_in else [],
            flag_groups = [
                flag_group(flags = _EXPLICIT + ["-fmodule-file=" + _loaded_path(library) for library in libraries] + [
                    "-Wno-module-file-config-mismatch",
                    "-Werror=config-macros",
                ]),
                flag_group(flags = _own_flag("%{preprocessor_defines}"), iterate_over = "preprocessor_defines"),
                flag_group(flags = _own_flag("%{user_compile_flags}"), iterate_over = "user_compile_flags"),
            ],
        )],
    )

def precompile_headers(ctx, clang, flags, headers, inputs, purpose, own_flag = None, checks = []):
    """Declares the action that compiles headers to a module. It runs the compiler itself: toolchains have the output.

    Args:
      ctx: (ctx) the rule's context.
      clang: (File) the compiler's tree.
      flags: (list[string]) the toolchain's flags for C++. Warnings that they turn on are off.
      headers: (list[(string, string, list[string])]) a kind, `header` or `textual header`, a directory that ends in
        `/`, and headers in it. Files read a textual header themselves.
      inputs: (depset[File]) the trees that have the headers.
      purpose: (string) what the headers are for, as the progress message names it.
      own_flag: (string) a flag that the code has beside those of the toolchain, and that changes no header.
      checks: (list[string]) flags for warnings in the headers.

    Returns:
      (File) the module, NAME.pcm, or NAME-g0.pcm for the flag -g0.
    """
    name = ctx.label.name + (own_flag or "")
    module_map = ctx.actions.declare_file(name + ".modulemap")
    lines = ["module {} [system] {{".format(_NAME), "  config_macros " + ", ".join(_CONFIGURATION_MACROS)]
    for kind, directory, names in headers:
        lines += ["  {} \"{}{}\"".format(kind, directory, name) for name in names]
    ctx.actions.write(module_map, "\n".join(lines + ["  export *", "}", ""]))
    module = ctx.actions.declare_file(name + ".pcm")
    args = ctx.actions.args()
    args.add_all(flags + _EXPLICIT + (_own_flag(own_flag) if own_flag else []) + ["-fmodule-name=" + _NAME, "-Wno-everything"] + checks)
    for flag in [
        "-emit-module",
        # Paths are relative to the directory of actions, and the file has no times.
        "-fmodule-map-file-home-is-cwd",
        "-fmodule-file-home-is-cwd",
        "-fmodules-embed-all-files",
        "-fno-pch-timestamp",
    ]:
        args.add_all(["-Xclang", flag])
    args.add_all(["-x", "c++", "-c", module_map, "-o", module])
    ctx.actions.run(
        executable = clang.path + "/usr/bin/clang-19",
        arguments = [args],
        inputs = depset([module_map, clang], transitive = [inputs]),
        outputs = [module],
        env = {},
        mnemonic = "StandardLibrary",
        progress_message = "Compiling the standard library's headers for {}".format(purpose),
    )
    return module
