# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_c_library."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "has_warnings_as_errors")
load("//kmod_rules/private/module/link:linking_context.bzl", "LINKING_CONTEXT_ATTRS", "linking_context_of")
load(":c_library_objects.bzl", "KernelCSourcesInfo", "compile_c_library")
load(":c_sources.bzl", "C_SOURCE_ATTRS", "c_sources")

def _include_directories(ctx):
    """Returns the attribute `includes` as paths of actions, for sources and generated headers."""
    directories = []
    for directory in ctx.attr.includes:
        path = "/".join([part for part in [ctx.label.workspace_root, ctx.label.package, directory] if part])
        directories += [path, "{}/{}".format(ctx.bin_dir.path, path)]
    return directories

def _kernel_c_library_impl(ctx):
    compilation_context = cc_common.create_compilation_context(
        defines = depset(ctx.attr.defines),
        headers = depset(ctx.files.hdrs),
        # For a library of another workspace, which includes a header by its path in this one.
        quote_includes = depset([ctx.label.workspace_root or "."]),
        system_includes = depset(_include_directories(ctx)),
    )
    linking_context = None
    own = []
    if ctx.attr.kernel:
        c = c_sources(ctx, headers = ctx.files.hdrs, deps = ctx.attr.deps)
        sources = KernelCSourcesInfo(
            arguments = tuple(c.arguments),
            inputs = c.inputs,
            label = ctx.label,
            objects = tuple(c.objects),
            sources = tuple(c.compiled.items()),
            warnings_as_errors = has_warnings_as_errors(ctx),
        )
        if ctx.attr.per_module:
            own.append(sources)
        objects = compile_c_library(ctx, ctx.attr.kernel[KernelInfo], sources)
        linking_context = linking_context_of(ctx, objects)
    library = CcInfo(compilation_context = compilation_context, linking_context = linking_context)
    return own + [
        DefaultInfo(files = depset(ctx.files.hdrs)),
        cc_common.merge_cc_infos(
            direct_cc_infos = [library],
            cc_infos = [dep[CcInfo] for dep in ctx.attr.deps],
        ),
    ]

_kernel_c_library = rule(
    implementation = _kernel_c_library_impl,
    attrs = dicts.add(C_SOURCE_ATTRS, KBUILD_ATTRS, LINKING_CONTEXT_ATTRS, {
        "deps": attr.label_list(
            doc = "Libraries whose headers the C includes, and which are linked wherever this one is, such as `[\":clock\"]`.",
            providers = [CcInfo],
        ),
        "hdrs": attr.label_list(
            allow_files = [".h"],
            doc = "Headers for both C and C++, such as `[\"clock_shim.h\"]`: prototypes within `extern \"C\"`, without the kernel's headers.",
        ),
        "kernel": attr.label(
            doc = "The kernel to compile for, such as `\"@debian12_amd64//:kernel\"`; None outside of a kernel's configuration.",
            providers = [KernelInfo],
        ),
        "per_module": attr.bool(
            default = True,
            doc = "Whether each module compiles the C for itself, with its own name as `KBUILD_MODNAME`.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "C and assembler files that use the kernel's headers, their own headers, and objects that are compiled already, such as `[\"clock_shim.c\"]`. The linker puts only the objects that something references into a module, and those that declare something: aliases, device tables, parameters, exports.",
            mandatory = True,
        ),
    }),
    fragments = ["cpp"],
    incompatible_use_toolchain_transition = True,
    provides = [CcInfo],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def kernel_c_library(
        name,
        srcs,
        hdrs = [],
        deps = [],
        asflags = [],
        copts = [],
        defines = [],
        file_copts = {},
        includes = [],
        local_defines = [],
        per_module = True,
        textual_hdrs = [],
        **kwargs):
    """Compiles C that uses the kernel's headers, for `cc_library` targets to call.

    For C that exists, or that uses macros which C++ does not have: C++ itself includes the kernel's headers with
    `//runtime:kernel_headers` in its `deps`. C++ calls the functions of the library. kbuild compiles the C with
    the kernel's own compiler. As in `srcs` of a module, `KBUILD_MODNAME`, with which `pr_info()` may
    begin a line, is the module's name: each module that uses the library compiles it for itself. In the host's
    configuration, which is that of unit tests, the library has only headers, and the test defines the functions.

    ```
    kernel_c_library(
        name = "clock_shim",
        srcs = ["clock_shim.c"],
        hdrs = ["clock_shim.h"],
    )

    cc_library(
        name = "clock",
        srcs = ["clock.cc"],
        deps = [":clock_shim"],
    )
    ```

    Args:
      name: (string) the target's name.
      srcs: (list[label]) C and assembler files, their own headers, and objects that are compiled already, such as
        `["clock_shim.c"]`; the linker puts only the objects that something references into a module, and those that
        declare something: aliases, device tables, parameters, exports.
      hdrs: (list[label]) headers for both C and C++, such as `["clock_shim.h"]`, included by their path from the workspace's root.
      deps: (list[label]) libraries whose headers the C includes, and which are linked wherever this one is, such as
        `[":clock"]`.
      asflags: (list[string]) flags for the assembler files, such as `["-DWITH_AVX=0"]`.
      copts: (list[string]) flags for the C files, one word each, such as `["-Wno-unused-function"]`.
      defines: (list[string]) macros for this library and for what depends on it, such as `["WITH_STATISTICS=1"]`.
      file_copts: (dict[string, list[string]]) flags for single files, by the path from the package, such as
        `{"fast/checksum.c": ["-O3"]}`.
      includes: (list[string]) directories of the package where C, and what depends on the library, finds headers, such
        as `["include"]`.
      local_defines: (list[string]) macros for this library only, such as `["DEBUG"]`.
      per_module: (bool) whether each module compiles the C for itself, with its own name as `KBUILD_MODNAME`; `False`
        for C that does not use the name and is to be compiled only once for all modules.
      textual_hdrs: (list[label]) files that C includes and that are not compiled by themselves, such as
        `["template.c", "table.inc"]`.
      **kwargs: attributes that every rule has, such as `visibility`.
    """
    _kernel_c_library(
        name = name,
        srcs = srcs,
        hdrs = hdrs,
        asflags = asflags,
        copts = copts,
        defines = defines,
        file_copts = file_copts,
        includes = includes,
        kernel = select({
            str(Label("//toolchains:in_kernel")): Label("//kmod_rules:kernel"),
            "//conditions:default": None,
        }),
        local_defines = local_defines,
        per_module = per_module,
        textual_hdrs = textual_hdrs,
        deps = deps,
        **kwargs
    )
