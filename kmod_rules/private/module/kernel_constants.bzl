# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_constants: a header for C++ with constants of the kernel."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "run_kbuild")
load(":c_sources.bzl", "C_SOURCE_ATTRS", "c_sources")

def _kernel_constants_impl(ctx):
    kernel = ctx.attr.kernel[KernelInfo]
    c = c_sources(ctx)
    stem = [name[:-len(".c")] for name in c.compiled if name.endswith(".c")][0]
    object = ctx.actions.declare_file("_kbuild/{}/{}.o".format(ctx.label.name, stem))
    header = ctx.outputs.out
    run_kbuild(
        ctx,
        kernel = kernel,
        mode = "objects",
        sources = c.compiled,
        arguments = c.arguments + [
            "--output-object={}.o={}".format(stem, object.path),
            "--output-constants=" + header.path,
        ],
        inputs = c.inputs,
        outputs = [object, header],
        progress_message = "Reading constants of {} with kbuild".format(kernel.release),
    )
    return [DefaultInfo(files = depset([header]))]

kernel_constants = rule(
    implementation = _kernel_constants_impl,
    attrs = dicts.add(C_SOURCE_ATTRS, KBUILD_ATTRS, {
        "kernel": attr.label(
            default = Label("//kmod_rules:kernel"),
            doc = "The kernel to ask.",
            providers = [KernelInfo],
        ),
        "out": attr.output(
            doc = "The header, such as `kernel_constants.h`.",
            mandatory = True,
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "One C file with variables `const unsigned int kmod_constant_NAME = …`, and its own headers.",
            mandatory = True,
        ),
    }),
    doc = """A header that defines a macro `NAME` for each variable `kmod_constant_NAME` of a C file.

The kernel's compiler evaluates the constants. The runtime has those that it needs in this way, because the kernel's headers
in C++ are an opt-in.""",
)
