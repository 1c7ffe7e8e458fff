# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule missing_image, which takes the place of the image of a kernel that was declared without one."""

def _missing_image_impl(ctx):
    fail("{0}: this kernel has no image to boot. Give the attribute image to the declaration of {0}; modules build without it, tests and virtual machines do not.".format(ctx.attr.kernel))

missing_image = rule(
    implementation = _missing_image_impl,
    attrs = {
        "kernel": attr.string(
            mandatory = True,
            doc = "The name of the kernel's repository, such as `my_kernel`.",
        ),
    },
    doc = "Fails when a test or a virtual machine uses it.",
)
