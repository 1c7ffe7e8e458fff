# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The action that links the C++ of a module into one object and checks it."""

load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load("//kmod_rules/private/headers:kernel_headers.bzl", "CALLS_EXTENSION")

# The linkopts of a library of which only those sections are linked that something references.
COLLECT_SECTIONS = "-Wl,--gc-sections"

LINK_OBJECTS_ATTRS = {
    "_clang": attr.label(
        allow_single_file = True,
        default = Label("@kmod_clang//:root"),
    ),
    "_demangler_files": attr.label(
        default = Label("@kmod_clang//:demangler"),
    ),
    "_linker_files": attr.label(
        default = Label("@kmod_clang//:linker"),
    ),
    "_link_objects": attr.label(
        cfg = TOOL_CONFIGURATION,
        default = Label("//kmod_rules:link_objects"),
        executable = True,
    ),
}

def _library_files(library):
    """Returns the objects of one LibraryToLink if Bazel knows them, else its archive."""
    for objects in [library.objects, library.pic_objects]:
        if objects:
            return objects, None
    archive = library.static_library or library.pic_static_library
    return [], archive

def demangler(ctx):
    """Finds the demangler, for the messages of an action whose inputs include _demangler_files.

    Args:
      ctx: (ctx) of a rule that has LINK_OBJECTS_ATTRS.

    Returns:
      (string) the path of the program.
    """
    return ctx.file._clang.path + "/usr/bin/llvm-cxxfilt-19"

def link_objects(ctx, kernel, deps, own_objects = {}, entry = None, exports = []):
    """Links C++ libraries, with all that they depend on, into one relocatable object.

    Objects of direct dependencies are always linked, because C code may call any of them. Objects of
    indirect dependencies are linked if something references them, as in any static link, if they
    declare something about the module, such as an alias, or if the library says `alwayslink`.

    Of a library with `-Wl,--gc-sections` in its linkopts, such as any crate of Rust, only those sections are linked
    that something references: C++, the entry, an export, or C, which can call a function whose name is not mangled.

    Args:
      ctx: (ctx) of a rule that has LINK_OBJECTS_ATTRS.
      kernel: (KernelInfo) the kernel that the code runs in.
      deps: (list[Target]) libraries, built for that kernel.
      own_objects: (dict[Label, list[File]]) objects that this module has compiled for itself, instead of those of the library.
      entry: (string) a function that one of the libraries must define, or None.
      exports: (list[string]) functions and variables whose objects are linked if a library defines them.

    Returns:
      (struct) `object`, the linked File; `references`, a File that lists which library references which
      undefined symbol; `sources`, a dictionary from names to C sources that kbuild has to compile with it.
    """
    output = ctx.actions.declare_file("{}.cxx.o".format(ctx.label.name))
    references = ctx.actions.declare_file("{}.references".format(ctx.label.name))
    args = ctx.actions.args()
    args.use_param_file("@%s", use_always = True)
    args.set_param_file_format("multiline")
    args.add("--ld=" + ctx.file._clang.path + "/usr/bin/ld.lld-19")
    args.add("--demangler=" + demangler(ctx))
    args.add("--label={}".format(label_text(ctx.label)))
    args.add(kernel.symvers, format = "--kernel-symvers=%s")
    args.add(output, format = "--output=%s")
    args.add(references, format = "--references=%s")
    if entry:
        args.add("--entry=" + entry)
    args.add_all(exports, format_each = "--export=%s")
    direct = {dep.label: None for dep in deps}
    inputs = []
    calls = None
    linker_inputs = depset(
        transitive = [dep[CcInfo].linking_context.linker_inputs for dep in deps],
        order = "topological",
    )
    for linker_input in linker_inputs.to_list():
        for file in linker_input.additional_inputs:
            inputs.append(file)
            if file.extension == CALLS_EXTENSION:
                calls = file
        collected = COLLECT_SECTIONS in linker_input.user_link_flags
        args.add(label_text(linker_input.owner), format = "--collected-library=%s" if collected else "--library=%s")
        for library in linker_input.libraries:
            objects, archive = _library_files(library)
            if linker_input.owner in own_objects:
                objects, archive = own_objects[linker_input.owner], None
            whole = library.alwayslink or linker_input.owner in direct
            args.add_all(objects, format_each = "--whole-object=%s" if whole else "--object=%s")
            inputs += objects
            if archive:
                args.add(archive, format = "--whole-archive=%s" if whole else "--archive=%s")
                inputs.append(archive)
    outputs = [output, references]
    sources = {}
    if calls:
        source = ctx.actions.declare_file("{}.calls.c".format(ctx.label.name))
        args.add(calls, format = "--kernel-calls=%s")
        args.add(source, format = "--kernel-calls-source=%s")
        outputs.append(source)
        sources = {"{}-calls.c".format(ctx.label.name): source}
    ctx.actions.run(
        executable = ctx.executable._link_objects,
        arguments = [args],
        inputs = inputs + ctx.files._linker_files + ctx.files._demangler_files + [kernel.symvers],
        outputs = outputs,
        env = {},
        mnemonic = "KmodLink",
        progress_message = "Linking the C++ of kernel module {}".format(label_text(ctx.label)),
    )
    return struct(object = output, references = references, sources = sources)
