# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Finds the files of each library separately, for the bill of materials."""

LibraryFilesInfo = provider(
    doc = "The files of a library and of each that it depends on.",
    fields = {
        "libraries": "(depset[struct(label, files)]) Each library's label and the tuple of its own files.",
    },
)

_FILES = ["srcs", "hdrs", "textual_hdrs"]
_DEPS = ["deps", "implementation_deps"]

def _collect_library_files_impl(target, ctx):
    files = []
    for name in _FILES:
        files += getattr(ctx.rule.files, name, [])
    own = [struct(label = target.label, files = tuple(files))] if files else []
    transitive = []
    for name in _DEPS:
        for dep in getattr(ctx.rule.attr, name, []):
            if LibraryFilesInfo in dep:
                transitive.append(dep[LibraryFilesInfo].libraries)
    return [LibraryFilesInfo(libraries = depset(own, transitive = transitive))]

collect_library_files = aspect(
    implementation = _collect_library_files_impl,
    attr_aspects = _DEPS,
    doc = "Collects the source files of a library and of all that it depends on.",
)
