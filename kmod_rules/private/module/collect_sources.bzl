# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds the files that libraries are compiled from, for reports that show lines of them."""

SourcesInfo = provider(
    doc = "The sources of a library and of all libraries that it depends on.",
    fields = {
        "sources": "(depset[File]) C and C++ files and headers, without those of the toolchain.",
    },
)

_DEPENDENCIES = ["deps", "implementation_deps"]

# Extensions of files that are allowed in srcs of a library but are not text.
_BINARY = ["a", "lo", "o", "so"]

def _collect_sources_impl(target, ctx):
    own = [
        source
        for source in getattr(ctx.rule.files, "srcs", [])
        if source.extension not in _BINARY
    ]
    below = [
        dep[SourcesInfo].sources
        for attribute in _DEPENDENCIES
        for dep in getattr(ctx.rule.attr, attribute, [])
        if SourcesInfo in dep
    ]

    # A header may be compiled under another path than the one in hdrs, with strip_include_prefix.
    headers = [target[CcInfo].compilation_context.headers] if CcInfo in target else []
    return [SourcesInfo(sources = depset(own, transitive = headers + below))]

collect_sources = aspect(
    implementation = _collect_sources_impl,
    attr_aspects = _DEPENDENCIES,
    doc = "Collects the sources of a library and of all that it depends on.",
)
