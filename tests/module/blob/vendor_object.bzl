# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule vendor_object: an object as a vendor ships it, compiled without kbuild."""

load("//kmod_rules:providers.bzl", "KernelInfo")

# What code needs to be loaded at all; the mitigations are up to the vendor.
_FLAGS = [
    "-O2",
    "-mcmodel=kernel",
    "-mno-red-zone",
    "-fno-pic",
    "-fcf-protection=none",
    "-fno-asynchronous-unwind-tables",
    "-fno-stack-protector",
]

def _vendor_object_impl(ctx):
    kernel = ctx.attr._kernel[KernelInfo]
    ctx.actions.run(
        executable = "{}/usr/bin/{}".format(kernel.tools.path, kernel.compiler),
        arguments = _FLAGS + ctx.attr.copts + ["-c", ctx.file.src.path, "-o", ctx.outputs.out.path],
        inputs = [ctx.file.src, kernel.tools],
        outputs = [ctx.outputs.out],
        env = {"PATH": kernel.tools.path + "/usr/bin"},
        mnemonic = "VendorObject",
        progress_message = "Compiling {} as a vendor".format(ctx.file.src.short_path),
    )
    return [DefaultInfo(files = depset([ctx.outputs.out]))]

vendor_object = rule(
    implementation = _vendor_object_impl,
    attrs = {
        "copts": attr.string_list(
            doc = "Further flags, such as `[\"-mfunction-return=thunk-extern\"]`.",
        ),
        "out": attr.output(
            doc = "The object, such as `vendor.o_shipped`.",
            mandatory = True,
        ),
        "src": attr.label(
            allow_single_file = [".c"],
            doc = "The source, such as `vendor.c`.",
            mandatory = True,
        ),
        "_kernel": attr.label(
            default = "//kmod_rules:kernel",
            providers = [KernelInfo],
        ),
    },
    doc = "Compiles one C file for a kernel, without the kernel's headers and without kbuild.",
)
