# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule kernel_rust_library."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "has_warnings_as_errors")
load("//kmod_rules/private/module/link:link_objects.bzl", "COLLECT_SECTIONS")
load("//kmod_rules/private/module/link:linking_context.bzl", "LINKING_CONTEXT_ATTRS", "linking_context_of")
load(":crate_checks.bzl", "check_crate", "find_crate_root", "joined_flags")
load(":crate_info.bzl", "RustCrateInfo", "RustToolchainInfo")
load(":rustc.bzl", "RUSTC_ATTRS", "run_rustc")

_PANIC_HANDLER = Label("//runtime/rust:panic")
_ALLOCATOR = Label("//runtime/rust:allocator")

def _crate_sources(ctx, flags, root):
    feature_flags = ["--cfg=feature=\"{}\"".format(name) for name in ctx.attr.crate_features]
    warnings = ["-Dwarnings"] if has_warnings_as_errors(ctx) else []
    return struct(
        data = tuple(ctx.files.compile_data),
        edition = ctx.attr.edition,
        flags = tuple(warnings + feature_flags + flags),
        root = root,
        srcs = tuple(ctx.files.srcs),
    )

def _compile(ctx, toolchain, crate_name, sources, direct, dependencies):
    """Declares the action; returns the crate's library and, in a kernel, its object."""
    folder = ctx.label.name + "/"
    library = ctx.actions.declare_file("{}lib{}.{}".format(folder, crate_name, toolchain.extension))
    outputs = {"link": library}
    object = None
    flags = ["--crate-type=lib"] + list(sources.flags)
    alloc = []
    if toolchain.in_kernel:
        object = ctx.actions.declare_file("{}{}.o".format(folder, crate_name))
        outputs = {"metadata": library, "obj": object}
        alloc = [toolchain.alloc.library]

        # A crate names it by `extern crate alloc;`, or has it from a crate that it uses.
        flags.append("--extern=noprelude:alloc=" + alloc[0].path if ctx.attr.alloc else "-Ldependency=" + alloc[0].dirname)
    run_rustc(
        ctx,
        toolchain,
        name = label_text(ctx.label),
        crate_name = crate_name,
        root = sources.root.path,
        edition = sources.edition,
        srcs = list(sources.srcs) + list(sources.data),
        outputs = outputs,
        direct = direct,
        dependencies = dependencies,
        flags = flags,
        link_inputs = alloc,
    )
    return library, object

def _kernel_rust_library_impl(ctx):
    toolchain = ctx.attr._toolchain[RustToolchainInfo]
    crate_name = ctx.attr.crate_name or ctx.label.name.replace("-", "_")
    flags = joined_flags(ctx.attr.rustc_flags)
    check_crate(ctx, crate_name, flags)
    sources = _crate_sources(ctx, flags, find_crate_root(ctx, crate_name))
    direct = [dep[RustCrateInfo].crate for dep in ctx.attr.deps if RustCrateInfo in dep]
    dependencies = depset(direct, transitive = [dep[RustCrateInfo].dependencies for dep in ctx.attr.deps if RustCrateInfo in dep])
    library, object = _compile(ctx, toolchain, crate_name, sources, direct, dependencies)
    own = []
    if toolchain.in_kernel:
        linking_context = linking_context_of(ctx, [object], [COLLECT_SECTIONS])
        own = [CcInfo(linking_context = linking_context), toolchain.link]
    return [
        # Nothing for the host unasked: unit tests compile it there.
        DefaultInfo(files = depset([object] if object else [])),
        RustCrateInfo(
            crate = struct(library = library, name = crate_name),
            dependencies = dependencies,
            direct = tuple(direct),
            sources = sources,
            trees = toolchain.trees,
        ),
        cc_common.merge_cc_infos(
            direct_cc_infos = own,
            cc_infos = [dep[CcInfo] for dep in ctx.attr.deps + ctx.attr.runtime],
        ),
    ]

_kernel_rust_library = rule(
    implementation = _kernel_rust_library_impl,
    attrs = dicts.add(RUSTC_ATTRS, LINKING_CONTEXT_ATTRS, {
        "alloc": attr.bool(
            doc = "Whether the crate uses alloc: `extern crate alloc;`.",
        ),
        "compile_data": attr.label_list(
            allow_files = True,
            doc = "Files that the sources include, such as `[\"table.bin\"]`.",
        ),
        "crate_features": attr.string_list(
            doc = "Features of the crate that are on, such as `[\"statistics\"]`.",
        ),
        "crate_name": attr.string(
            doc = "The crate's name in Rust, such as `\"ring\"`.",
        ),
        "crate_root": attr.label(
            allow_single_file = [".rs"],
            doc = "The crate's first file, such as `\"ring.rs\"`.",
        ),
        "deps": attr.label_list(
            doc = "Other crates, and C and C++ libraries whose functions the crate calls, such as `[\":ring\", \":clock_shim\"]`.",
            providers = [CcInfo],
        ),
        "edition": attr.string(
            default = "2021",
            doc = "The edition of Rust, such as `\"2021\"`.",
        ),
        "runtime": attr.label_list(
            doc = "What every module with Rust links, such as the panic handler.",
            providers = [CcInfo],
        ),
        "rustc_flags": attr.string_list(
            doc = "More flags of rustc, such as `[\"-Coverflow-checks=no\"]`.",
        ),
        "srcs": attr.label_list(
            allow_files = [".rs"],
            allow_empty = False,
            doc = "The crate's files, such as `[\"lib.rs\", \"ring.rs\"]`.",
            mandatory = True,
        ),
        "_toolchain": attr.label(
            default = Label("//toolchains/rust"),
            providers = [RustToolchainInfo],
        ),
    }),
    fragments = ["cpp"],
    incompatible_use_toolchain_transition = True,
    provides = [CcInfo, RustCrateInfo],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def kernel_rust_runtime(name, **kwargs):
    """Compiles a crate that every crate needs, so that it cannot need itself.

    Args:
      name: (string) the target's name.
      **kwargs: attributes of the rule.
    """
    _kernel_rust_library(name = name, **kwargs)

def kernel_rust_library(
        name,
        srcs,
        alloc = False,
        compile_data = [],
        crate_features = [],
        crate_name = "",
        crate_root = None,
        deps = [],
        edition = "2021",
        rustc_flags = [],
        **kwargs):
    """Compiles a crate of Rust that runs in a kernel, on any kernel, with or without CONFIG_RUST.

    A `kernel_module` has it in its `deps`, beside libraries of C++, and Rust and C++ can call each other's
    `extern "C"` functions. The crate is `#![no_std]`: it has core and, with `alloc = True`, alloc. A panic prints its
    message and ends in BUG, and overflow of integers is checked. In the host's configuration, which is that of unit
    tests, nothing is compiled unless a `rust_unit_test` asks for it.

    ```
    kernel_rust_library(
        name = "hello",
        srcs = ["hello.rs"],
        deps = ["@rules_kmod//runtime/rust:kmod"],
    )

    kernel_module(
        name = "hello_ko",
        license = "Dual MIT/GPL",
        deps = [":hello"],
    )
    ```

    Args:
      name: (string) the target's name.
      srcs: (list[label]) the crate's files, such as `["lib.rs", "ring.rs"]`.
      alloc: (bool) whether the crate uses alloc, by `extern crate alloc;`. An allocation may sleep, and returns an error
        if there is no memory: the functions that would panic are not there.
      compile_data: (list[label]) files that the sources include by `include_bytes!` and the like, such as `["table.bin"]`.
      crate_features: (list[string]) features of the crate that are on, such as `["statistics"]`: `cfg(feature = …)`.
      crate_name: (string) the crate's name in Rust, such as `"ring"`; without it the target's name, with `_` for `-`.
      crate_root: (label) the crate's first file; without it `lib.rs`, the file with the crate's name, or the only one.
      deps: (list[label]) other crates, and C and C++ libraries whose functions the crate calls, such as
        `[":ring", ":clock_shim"]`.
      edition: (string) the edition of Rust: `"2015"`, `"2018"`, `"2021"` or `"2024"`.
      rustc_flags: (list[string]) more flags of rustc, such as `["-Coverflow-checks=no"]`.
      **kwargs: attributes that every rule has, such as `visibility`.
    """
    _kernel_rust_library(
        name = name,
        srcs = srcs,
        alloc = alloc,
        compile_data = compile_data,
        crate_features = crate_features,
        crate_name = crate_name,
        crate_root = crate_root,
        edition = edition,
        runtime = [_PANIC_HANDLER] + ([_ALLOCATOR] if alloc else []),
        rustc_flags = rustc_flags,
        deps = deps,
        **kwargs
    )
