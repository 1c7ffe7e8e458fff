# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A test that passes if a target fails at analysis, and says what it should."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")

def _analysis_failure_test_impl(ctx):
    env = analysistest.begin(ctx)
    for text in ctx.attr.expected:
        asserts.expect_failure(env, text)
    return analysistest.end(env)

_ATTRS = {
    "expected": attr.string_list(
        mandatory = True,
        allow_empty = False,
        doc = "Texts that the error must hold.",
    ),
}

analysis_failure_test = analysistest.make(
    _analysis_failure_test_impl,
    attrs = _ATTRS,
    expect_failure = True,
)

# For targets that only a kernel's configuration looks into.
in_kernel_analysis_failure_test = analysistest.make(
    _analysis_failure_test_impl,
    attrs = _ATTRS,
    config_settings = {"//command_line_option:platforms": "//toolchains:kernel_x86_64"},
    expect_failure = True,
)
