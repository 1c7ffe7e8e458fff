# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The C and assembler of a module or a library: which files kbuild gets, and with which flags."""

load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:workspace_path.bzl", "workspace_path")

_CXX_EXTENSIONS = ["cc", "cpp", "cxx", "c++", "C", "hh", "hpp", "hxx"]
_COMPILED_EXTENSIONS = ["c", "S"]
_HEADER_EXTENSIONS = ["h", "inc"]

# kbuild's name for an object of a vendor is NAME.o_shipped.
_OBJECT_EXTENSIONS = ["o", "o_shipped"]

# Options that take the next word; in one string with it, the compiler gets one word.
_WITH_VALUE = ["-D", "-I", "-U", "-idirafter", "-imacros", "-include", "-iquote", "-isystem"]

C_SOURCE_ATTRS = {
    "asflags": attr.string_list(
        doc = "Flags for the assembler files of `srcs`, such as `[\"-DWITH_AVX=0\"]`. Subject to make variables and `$(location)`.",
    ),
    "copts": attr.string_list(
        doc = "Flags for the C files of `srcs`, one word each, such as `[\"-Wno-unused-function\"]` or `[\"-include\", \"driver/config.h\"]`. They follow those of the kernel, as kbuild's `ccflags-y`. Subject to make variables and `$(location)`.",
    ),
    "defines": attr.string_list(
        doc = "Macros for the C and assembler files of `srcs`, such as `[\"WITH_STATISTICS=1\"]`; for the libraries and modules that depend on a library as well. Subject to make variables and `$(location)`.",
    ),
    "file_copts": attr.string_list_dict(
        doc = "Flags for single C or assembler files of `srcs`, by the path from the package, such as `{\"fast/checksum.c\": [\"-O3\"]}`: kbuild's `CFLAGS_fast/checksum.o`.",
    ),
    "includes": attr.string_list(
        doc = "Directories of the package where C finds headers, such as `[\"include\"]`. The package's own directory, the folder of each source and the workspace's root are always searched. Those of a library apply to the C and C++ that depends on it as well.",
    ),
    "local_defines": attr.string_list(
        doc = "As `defines`, but never for what depends on the target, such as `[\"DEBUG\"]`.",
    ),
    "textual_hdrs": attr.label_list(
        allow_files = True,
        doc = "Files that C includes and that are not compiled by themselves, such as `[\"template.c\", \"table.inc\"]`.",
    ),
}

def package_path(label, file):
    """Finds a file's name in kbuild's directory, which stands for the package.

    Args:
      label: (Label) the target.
      file: (File) a file of it.

    Returns:
      (string) the path from the package, or from the workspace's root for a file of another package.
    """
    path = workspace_path(file)
    package = label.package + "/"
    return path[len(package):] if path.startswith(package) else path

def _expanded(ctx, attribute, words, data):
    expanded = []
    for word in words:
        option = word.partition(" ")[0]
        if option != word and option in _WITH_VALUE:
            fail("{}: {} holds \"{}\", which the compiler gets as one word. Write two: \"{}\", \"{}\".".format(label_text(ctx.label), attribute, word, option, word[len(option):].strip()))
        expanded.append(ctx.expand_make_variables(attribute, ctx.expand_location(word, data), {}))
    return expanded

def _check_include(label, directory):
    parts = directory.split("/")
    if directory.startswith("/") or ".." in parts or "" in parts:
        fail("{}: includes holds \"{}\", which is not a path below the package. Write it relative to the package, without \"..\", such as \"include\".".format(label_text(label), directory))

def _check_kind(label, source):
    if source.extension in _CXX_EXTENSIONS:
        fail("{}: srcs holds {}, which is C++. srcs takes the C that kbuild compiles against the kernel's headers. Put C++ into a cc_library and name that in deps.".format(label_text(label), source.short_path))
    if source.basename.endswith(".mod.c"):
        fail("{}: srcs holds {}, which kbuild generated in an earlier build of the source folder. Delete it, or exclude \"**/*.mod.c\" from the glob.".format(label_text(label), source.short_path))
    if source.extension not in _COMPILED_EXTENSIONS + _HEADER_EXTENSIONS + _OBJECT_EXTENSIONS:
        fail("{}: srcs holds {}, which is neither C (.c), assembler (.S), an object (.o, .o_shipped) nor a header (.h, .inc). Files that C includes go into textual_hdrs.".format(label_text(label), source.short_path))

def _named(label, files, names):
    """Adds files to a dict by their names in kbuild's directory."""
    for file in files:
        name = package_path(label, file)
        if name in names and names[name] != file:
            fail("{}: srcs holds {}, and {} has the same path in kbuild's directory, {}. Rename it.".format(label_text(label), file.short_path, names[name].short_path, name))
        names[name] = file

def _include_arguments(ctx, contexts):
    # By the paths that C++ includes them by: from the root of the workspace, sources and generated.
    root = ctx.label.workspace_root
    quoted = [root or ".", ctx.bin_dir.path + ("/" + root if root else "")]
    return (
        ["--include=" + directory for directory in ctx.attr.includes] +
        ["--quote-include=" + directory for directory in depset(
            quoted,
            transitive = [context.quote_includes for context in contexts],
            order = "topological",
        ).to_list()] +
        ["--work-include=" + directory for directory in depset(
            transitive = [context.includes for context in contexts],
            order = "topological",
        ).to_list()] +
        ["--system-include=" + directory for directory in depset(
            transitive = [context.system_includes for context in contexts],
            order = "topological",
        ).to_list()]
    )

def c_sources(ctx, generated = {}, headers = [], deps = []):
    """Collects what kbuild needs to compile a target's C.

    Args:
      ctx: (ctx) of a rule that has C_SOURCE_ATTRS and `srcs`.
      generated: (dict[string, File]) generated C files, by their names in kbuild's directory.
      headers: (list[File]) further headers of the target.
      deps: (list[Target]) libraries whose headers the C can include.

    Returns:
      (struct) `compiled`, a dict from names in kbuild's directory to the Files that kbuild compiles,
      with the headers of the target; `arguments` and `inputs` for `run_kbuild`; `objects`, a list of
      the Files that are compiled already; and `files`, a list of all Files of the target.
    """
    label = ctx.label
    for directory in ctx.attr.includes:
        _check_include(label, directory)
    objects = []
    compiled = []
    for source in ctx.files.srcs:
        _check_kind(label, source)
        if source.extension in _OBJECT_EXTENSIONS:
            objects.append(source)
        else:
            compiled.append(source)
    named = dict(generated)
    _named(label, compiled + headers, named)
    textual = {}
    _named(label, [file for file in ctx.files.textual_hdrs if file not in named.values()], textual)
    data = ctx.attr.srcs + ctx.attr.textual_hdrs
    contexts = [dep[CcInfo].compilation_context for dep in deps]
    defines = ["-D" + define for define in (
        depset(transitive = [context.defines for context in contexts]).to_list() +
        _expanded(ctx, "defines", ctx.attr.defines, data) +
        _expanded(ctx, "local_defines", ctx.attr.local_defines, data)
    )]
    ccflags = defines + _expanded(ctx, "copts", ctx.attr.copts, data)
    asflags = defines + _expanded(ctx, "asflags", ctx.attr.asflags, data)
    arguments = ["--textual={}={}".format(file.path, name) for name, file in textual.items()]
    arguments += ["--ccflag=" + flag for flag in ccflags]
    arguments += ["--asflag=" + flag for flag in asflags]
    for name, flags in ctx.attr.file_copts.items():
        for flag in _expanded(ctx, "file_copts", flags, data):
            arguments.append("--source-flag={}={}".format(name, flag))
    arguments += _include_arguments(ctx, contexts)
    return struct(
        arguments = arguments,
        compiled = named,
        files = named.values() + textual.values() + objects,
        inputs = depset(
            textual.values(),
            transitive = [context.headers for context in contexts],
        ),
        objects = objects,
    )
