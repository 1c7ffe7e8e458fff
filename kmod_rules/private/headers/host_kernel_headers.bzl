# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule that gives the translated headers of a kernel to C++ for the host."""

load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "in_kernel")
load(":kernel_headers.bzl", "TranslatedHeadersInfo")

def _host_kernel_headers_impl(ctx):
    headers = ctx.attr.headers[0][TranslatedHeadersInfo].headers
    translated = CcInfo(compilation_context = cc_common.create_compilation_context(
        headers = depset([headers]),
        system_includes = depset([headers.path]),
    ))
    return [
        DefaultInfo(files = depset([headers])),
        cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps] + [translated]),
    ]

host_kernel_headers = rule(
    implementation = _host_kernel_headers_impl,
    attrs = {
        "deps": attr.label_list(
            doc = "Libraries that the headers need on a host, such as `[\":host\"]`.",
            providers = [CcInfo],
        ),
        # In the configuration of a kernel, where the headers are; the translation is that of modules.
        "headers": attr.label(
            cfg = in_kernel,
            default = Label("//kmod_rules:kernel_headers"),
            doc = "The headers of a kernel.",
            providers = [TranslatedHeadersInfo],
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    provides = [CcInfo],
    doc = """Gives the translated headers of the chosen kernel to C++ for the host, for unit tests.

Nothing is linked: a test defines the functions that the code under test calls.""",
)
