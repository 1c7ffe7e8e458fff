# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rules that translate a kernel's headers to C++ and give them to C++ libraries."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "run_kbuild")

# The file by which KmodLink knows the functions behind static inline functions.
CALLS_EXTENSION = "kernel_calls"

TranslatedHeadersInfo = provider(
    doc = "The headers of a kernel in C++.",
    fields = {
        "calls": "(File) The C functions that C++ calls for static inline functions and macros.",
        "checked": "(File) Exists if each record has the layout that it has in C.",
        "groups": "(dict[string, File]) Further outputs, by output group.",
        "headers": "(File) The directory of headers.",
    },
)

def _translated_headers_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    name = ctx.label.name
    headers = ctx.actions.declare_directory(name)
    calls = ctx.actions.declare_file("{}.{}".format(name, CALLS_EXTENSION))
    report = ctx.actions.declare_file(name + ".report.txt")
    c_layout = ctx.actions.declare_file(name + ".layout.c")
    c_proof = ctx.actions.declare_file(name + ".proof.c")
    cxx_proof = ctx.actions.declare_file(name + ".proof.cc")
    inlines_c = ctx.actions.declare_file(name + ".inlines.c")
    inlines_cxx = ctx.actions.declare_file(name + ".inlines.cc")
    clang = ctx.file._clang
    args = ctx.actions.args()
    args.add("--label=" + label_text(kernel.label))
    args.add("--kernel-root=" + kernel.tree.path)
    args.add("--kernel-build=" + kernel.build_directory)
    args.add("--clang={}/usr/bin/clang-19".format(clang.path))
    args.add("--resource-directory={}/usr/lib/llvm-19/lib/clang/19".format(clang.path))
    args.add(ctx.file._translator, format = "--plugin=%s")
    args.add(ctx.file._macro_functions, format = "--macro-functions=%s")
    args.add("--output-headers=" + headers.path)
    args.add(calls, format = "--output-calls=%s")
    args.add(report, format = "--output-report=%s")
    args.add_all(kernel.cxx_flags, format_each = "--cxx-flag=%s")
    args.add(c_layout, format = "--output-c-layout=%s")
    args.add(c_proof, format = "--output-c-proof=%s")
    args.add(cxx_proof, format = "--output-cxx-proof=%s")
    args.add(inlines_c, format = "--output-inlines-c=%s")
    args.add(inlines_cxx, format = "--output-inlines-cxx=%s")
    ctx.actions.run(
        executable = ctx.executable._translate_headers,
        arguments = [args],
        inputs = [kernel.tree, clang, ctx.file._translator, ctx.file._macro_functions],
        outputs = [headers, calls, report, c_layout, c_proof, cxx_proof, inlines_c, inlines_cxx],
        env = {},
        mnemonic = "KernelHeaders",
        progress_message = "Translating the headers of {} to C++".format(kernel.release),
    )

    # By the kernel's own compiler. The object only says that each assertion holds.
    checked = ctx.actions.declare_file(name + ".layout.o")
    run_kbuild(
        ctx,
        kernel = kernel,
        mode = "objects",
        sources = {"layout.c": c_layout},
        arguments = [
            # Some of the kernel's own headers have warnings if they are read by themselves.
            "--ccflag=-w",
            "--output-object=layout.o=" + checked.path,
        ],
        inputs = depset(),
        label = kernel.label,
        outputs = [checked],
        progress_message = "Checking the layout of the records of {}".format(kernel.release),
        warnings_as_errors = False,
    )
    return [
        DefaultInfo(files = depset([headers])),
        OutputGroupInfo(report = depset([report])),
        TranslatedHeadersInfo(
            calls = calls,
            checked = checked,
            groups = {
                "c_proof": c_proof,
                "cxx_proof": cxx_proof,
                "inlines_c": inlines_c,
                "inlines_cxx": inlines_cxx,
                "report": report,
            },
            headers = headers,
        ),
    ]

translated_headers = rule(
    implementation = _translated_headers_impl,
    attrs = dicts.add(KBUILD_ATTRS, {
        "kernel": attr.label(
            mandatory = True,
            providers = [KernelInfo],
            doc = "The kernel, such as `:kernel`.",
        ),
        "_clang": attr.label(
            allow_single_file = True,
            default = Label("@kmod_clang//:root"),
        ),
        "_macro_functions": attr.label(
            allow_single_file = True,
            default = Label("//kmod_rules:macro_functions"),
        ),
        "_translate_headers": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:translate_headers"),
            executable = True,
        ),
        "_translator": attr.label(
            allow_single_file = True,
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:translator_plugin"),
        ),
    }),
    doc = """Translates the headers of a kernel to C++, once for each kernel.

The outputs are a directory of headers, and the C functions that C++ calls for static inline functions
and macros.""",
)

def _kernel_headers_impl(ctx):
    translated = ctx.attr.translated[TranslatedHeadersInfo]
    return [
        DefaultInfo(files = depset([translated.headers])),
        translated,
        OutputGroupInfo(**{name: depset([file]) for name, file in translated.groups.items()}),
        CcInfo(
            compilation_context = cc_common.create_compilation_context(
                headers = depset([translated.headers]),
                system_includes = depset([translated.headers.path]),
            ),
            # For KmodLink: the libraries that may call the functions depend on the headers. No module is linked before
            # the layout is checked.
            linking_context = cc_common.create_linking_context(
                linker_inputs = depset([cc_common.create_linker_input(
                    owner = ctx.label,
                    additional_inputs = depset([translated.calls, translated.checked]),
                )]),
            ),
        ),
    ]

kernel_headers = rule(
    implementation = _kernel_headers_impl,
    attrs = {
        # In the configuration of tools, so that all configurations of code for the kernel share it.
        "translated": attr.label(
            cfg = TOOL_CONFIGURATION,
            mandatory = True,
            providers = [TranslatedHeadersInfo],
            doc = "The translated headers, such as `:translated_headers`.",
        ),
    },
    provides = [CcInfo],
    doc = """Gives the translated headers of a kernel to `cc_library` targets that have it in `deps`.

Each build with the headers checks the layout of every record, in C by the kernel's compiler and in C++, once a kernel.
The output group `report` says what is left out and why. The groups `c_proof` and `cxx_proof` are sources with each C
function behind a static inline function that is no C++, and with uses of each symbol of the kernel that is declared.
The groups `inlines_c` and `inlines_cxx` compare each static inline function that is C++ with the kernel's C.""",
)
