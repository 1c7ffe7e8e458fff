# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The standard library's headers, parsed once for each kernel instead of once for each file.

They are an explicit header module of Clang: #include <array> in a file that has the module loads the module.
"""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "feature", "flag_group", "flag_set")
load("//kmod_rules:providers.bzl", "KernelInfo")
load(":clang.bzl", "CXX_COMPILE_ACTIONS", "RESOURCE_DIRECTORY")
load(":freestanding_flags.bzl", "FREESTANDING_ATTRS", "freestanding_flags")
load(":standard_headers.bzl", "COMPILER_HEADERS", "INTERNAL_HEADERS", "MACHINE_HEADERS", "MACHINE_TEXTUAL_HEADERS", "PUBLIC_HEADERS", "TEXTUAL_HEADERS", "WRAPPING_HEADERS")

# Macros by which code chooses how the library behaves. Clang refuses a file that defines one before an #include.
_CONFIGURATION_MACROS = ["_GLIBCXX_ASSERTIONS", "_GLIBCXX_DEBUG", "_GLIBCXX_CONCEPT_CHECKS"]

_NAME = "kmod_standard_library"

# Only what is named is read: no cache of modules, and no map of modules beside a header.
_EXPLICIT = ["-fmodules", "-fno-implicit-modules", "-fno-implicit-module-maps"]

def precompiled_path(library):
    """Returns the path by which code loads the precompiled headers.

    Clang lists them among the headers of a file. Bazel refuses an output there that it knows only as a file of the
    toolchain, and ignores an absolute path in a built-in include directory.

    Args:
      library: (File) the output of precompiled_standard_library.

    Returns:
      (string) the path.
    """
    return "/proc/self/cwd/" + library.path

def precompiled_feature(library):
    """Makes the feature with which code loads the precompiled headers.

    Args:
      library: (File) the output of precompiled_standard_library.

    Returns:
      (FeatureInfo) the feature, which is on.
    """

    # Each of them can change what the headers mean, and Clang compares only those that change the language. So each
    # changes the language, in a way that nothing asks for: Clang then reads the headers themselves.
    differing = ["-Xclang", "-fmodule-feature", "-Xclang", "kmod_own_flags"]
    return feature(
        name = "precompiled_standard_library",
        enabled = True,
        flag_sets = [flag_set(
            actions = CXX_COMPILE_ACTIONS,
            flag_groups = [
                flag_group(flags = _EXPLICIT + [
                    "-fmodule-file=" + precompiled_path(library),
                    "-Wno-module-file-config-mismatch",
                    "-Werror=config-macros",
                ]),
                flag_group(flags = differing, iterate_over = "preprocessor_defines"),
                flag_group(flags = differing, iterate_over = "user_compile_flags"),
            ],
        )],
    )

def _precompiled_standard_library_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    flags = freestanding_flags(kernel, ctx.file.clang, ctx.file.libstdcxx, ctx.file.configuration)
    include = ctx.file.libstdcxx.path + "/usr/include/"
    wrapped = ctx.file.configuration.dirname.rpartition("/")[0] + "/"
    module_map = ctx.actions.declare_file(ctx.label.name + ".modulemap")
    lines = ["module {} [system] {{".format(_NAME), "  config_macros " + ", ".join(_CONFIGURATION_MACROS)]
    for kind, directory, headers in [
        ("header", wrapped, WRAPPING_HEADERS),
        ("header", include + "c++/14/", PUBLIC_HEADERS + INTERNAL_HEADERS),
        ("header", include + "x86_64-linux-gnu/c++/14/", MACHINE_HEADERS),
        ("textual header", include + "c++/14/", TEXTUAL_HEADERS),
        ("textual header", include + "x86_64-linux-gnu/c++/14/", MACHINE_TEXTUAL_HEADERS),
        # They are made to be read several times, each time for other names.
        ("textual header", ctx.file.clang.path + "/" + RESOURCE_DIRECTORY + "/include/", COMPILER_HEADERS),
    ]:
        lines += ["  {} \"{}{}\"".format(kind, directory, header) for header in headers]
    ctx.actions.write(module_map, "\n".join(lines + ["  export *", "}", ""]))
    library = ctx.actions.declare_file(ctx.label.name + ".pcm")
    args = ctx.actions.args()
    args.add_all(flags.clang + flags.kernel + flags.freestanding + flags.cxx + flags.cxx_library + _EXPLICIT)
    args.add_all(["-fmodule-name=" + _NAME, "-Wno-everything", "-Wsystem-headers", "-Werror=non-modular-include-in-module"])
    for flag in [
        "-emit-module",
        # Paths are relative to the directory of actions, and the file has no times.
        "-fmodule-map-file-home-is-cwd",
        "-fmodule-file-home-is-cwd",
        "-fmodules-embed-all-files",
        "-fno-pch-timestamp",
    ]:
        args.add_all(["-Xclang", flag])
    args.add_all(["-x", "c++", "-c", module_map, "-o", library])
    ctx.actions.run(
        executable = ctx.file.clang.path + "/usr/bin/clang-19",
        arguments = [args],
        inputs = depset([module_map, ctx.file.clang, ctx.file.libstdcxx], transitive = [ctx.attr._configuration_files.files]),
        outputs = [library],
        env = {},
        mnemonic = "StandardLibrary",
        progress_message = "Compiling the standard library's headers for {}".format(kernel.release),
    )
    return [DefaultInfo(files = depset([library]))]

precompiled_standard_library = rule(
    implementation = _precompiled_standard_library_impl,
    attrs = dicts.add(FREESTANDING_ATTRS, {
        "_configuration_files": attr.label(
            default = Label("//runtime:standard_library_configuration"),
        ),
    }),
    doc = """Compiles the standard library's headers for a kernel, as a header module of Clang.

It runs the compiler itself: the C++ toolchain has the output among its files.""",
)
