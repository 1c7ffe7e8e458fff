# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A transition for tests of libraries that are compiled for the default kernel."""

def _in_kernel_impl(_settings, _attr):
    return {"//command_line_option:platforms": "@debian12_cloud_amd64_toolchain//:platform"}

in_kernel = transition(
    implementation = _in_kernel_impl,
    inputs = [],
    outputs = ["//command_line_option:platforms"],
)
