# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds the files that libraries are made from, for reports with source lines and for bills of materials."""

load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/rust:crate_info.bzl", "RustCrateInfo")
load(":c_library_objects.bzl", "KernelCSourcesInfo")

LibrarySourcesInfo = provider(
    doc = "The sources of a library and of all libraries that it depends on.",
    fields = {
        "c_libraries": "(depset[KernelCSourcesInfo]) The C of kernel_c_library targets that each module compiles for itself.",
        "libraries": "(depset[struct(label, files)]) Each library's label and the tuple of its own files.",
        "sources": "(depset[File]) C and C++ files and headers under the paths that they are compiled with, without those of the toolchain.",
        "trees": "(depset[tuple]) RustCrateInfo.trees of crates.",
    },
)

_DEPENDENCIES = ["deps", "implementation_deps", "runtime"]

# Extensions of files that are allowed in srcs of a library but are not text.
_BINARY = ["a", "lo", "o", "so"]

def _collect_library_sources_impl(target, ctx):
    srcs = getattr(ctx.rule.files, "srcs", [])
    files = srcs + getattr(ctx.rule.files, "hdrs", []) + getattr(ctx.rule.files, "textual_hdrs", [])
    dependencies = [
        dep[LibrarySourcesInfo]
        for attribute in _DEPENDENCIES
        for dep in getattr(ctx.rule.attr, attribute, [])
        if LibrarySourcesInfo in dep
    ]

    # With strip_include_prefix, a header is compiled under another path than that in hdrs.
    headers = [target[CcInfo].compilation_context.headers] if CcInfo in target else []
    return [LibrarySourcesInfo(
        c_libraries = depset(
            [target[KernelCSourcesInfo]] if KernelCSourcesInfo in target else [],
            transitive = [dependency.c_libraries for dependency in dependencies],
        ),
        libraries = depset(
            [struct(label = target.label, files = tuple(files))] if files else [],
            transitive = [dependency.libraries for dependency in dependencies],
        ),
        sources = depset(
            [source for source in srcs if source.extension not in _BINARY],
            transitive = headers + [dependency.sources for dependency in dependencies],
        ),
        trees = depset(
            target[RustCrateInfo].trees if RustCrateInfo in target else (),
            transitive = [dependency.trees for dependency in dependencies],
        ),
    )]

collect_library_sources = aspect(
    implementation = _collect_library_sources_impl,
    attr_aspects = _DEPENDENCIES,
    doc = "Collects the sources of a library and of all libraries that it depends on.",
)
