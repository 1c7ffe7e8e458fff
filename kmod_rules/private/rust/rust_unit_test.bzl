# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The rule rust_unit_test."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/base:launcher.bzl", "write_launcher")
load("//kmod_rules/private/base:tool_configuration.bzl", "TOOL_CONFIGURATION")
load(":crate_info.bzl", "RustCrateInfo", "RustToolchainInfo")
load(":rustc.bzl", "RUSTC_ATTRS", "run_rustc")

def _linker_flags(ctx, toolchain):
    """Returns the flags with which rustc links by the C++ toolchain."""
    features = cc_common.configure_features(ctx = ctx, cc_toolchain = toolchain)
    variables = cc_common.create_link_variables(
        cc_toolchain = toolchain,
        feature_configuration = features,
        is_linking_dynamic_library = False,
    )
    action = ACTION_NAMES.cpp_link_executable
    linker = cc_common.get_tool_for_action(action_name = action, feature_configuration = features)
    arguments = cc_common.get_memory_inefficient_command_line(
        action_name = action,
        feature_configuration = features,
        variables = variables,
    )

    # rustc itself ends in a mode in which the linker takes shared libraries.
    arguments = ["-Wl,-Bstatic"] + arguments
    return ["-Clinker=" + linker, "-Clinker-flavor=gcc"] + ["-Clink-arg=" + argument for argument in arguments]

def _libraries(deps):
    """Returns the static libraries and objects of C and C++ that the crate calls."""
    files = []
    inputs = depset(transitive = [dep[CcInfo].linking_context.linker_inputs for dep in deps])
    for linker_input in inputs.to_list():
        for library in linker_input.libraries:
            archive = library.static_library or library.pic_static_library
            files += [archive] if archive else (library.objects or library.pic_objects or [])
    return files

def _rust_unit_test_impl(ctx):
    toolchain = ctx.attr._toolchain[RustToolchainInfo]
    if toolchain.in_kernel:
        fail("{}: a unit test runs on the host, and not in a kernel. kernel_module_test runs a module in a kernel.".format(label_text(ctx.label)))
    crate = ctx.attr.crate[RustCrateInfo]
    sources = crate.sources
    direct = list(crate.direct) + [dep[RustCrateInfo].crate for dep in ctx.attr.deps if RustCrateInfo in dep]
    dependencies = depset(
        direct,
        transitive = [crate.dependencies] + [dep[RustCrateInfo].dependencies for dep in ctx.attr.deps if RustCrateInfo in dep],
    )
    program = ctx.actions.declare_file(ctx.label.name + ".program")
    cc_toolchain = find_cpp_toolchain(ctx)
    libraries = _libraries([ctx.attr.crate] + ctx.attr.deps)
    run_rustc(
        ctx,
        toolchain,
        name = "{} with its unit tests".format(label_text(ctx.attr.crate.label)),
        crate_name = crate.crate.name,
        root = sources.root.path,
        edition = sources.edition,
        srcs = list(sources.srcs) + list(sources.data),
        outputs = {"link": program},
        direct = direct,
        dependencies = dependencies,
        flags = ["--test"] + list(sources.flags) + _linker_flags(ctx, cc_toolchain) +
                ["-Clink-arg=" + library.path for library in libraries],
        link_inputs = libraries + cc_toolchain.all_files.to_list(),
    )
    words = [ctx.executable._run_unit_tests.short_path, "--program=" + program.short_path]
    return [DefaultInfo(
        executable = write_launcher(ctx, words),
        runfiles = ctx.runfiles([ctx.executable._run_unit_tests, program] + ctx.files.data),
    )]

rust_unit_test = rule(
    implementation = _rust_unit_test_impl,
    attrs = dicts.add(RUSTC_ATTRS, {
        "crate": attr.label(
            mandatory = True,
            providers = [RustCrateInfo],
            doc = "The `kernel_rust_library` to test, such as `\":ring\"`.",
        ),
        "data": attr.label_list(
            allow_files = True,
            doc = "Files that the tests read, such as `[\"sample.bin\"]`.",
        ),
        "deps": attr.label_list(
            doc = "Crates that only the tests use, and C and C++ that stands for what a kernel has, such as `[\":fake_clock\"]`.",
            providers = [CcInfo],
        ),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
        "_run_unit_tests": attr.label(
            cfg = TOOL_CONFIGURATION,
            default = Label("//kmod_rules:run_unit_tests"),
            executable = True,
        ),
        "_toolchain": attr.label(
            default = Label("//toolchains/rust"),
            providers = [RustToolchainInfo],
        ),
    }),
    fragments = ["cpp"],
    incompatible_use_toolchain_transition = True,
    test = True,
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    doc = """Runs the unit tests of a crate on the host: its functions with `#[test]`.

The crate is compiled once more, for the host and with `cfg(test)`, and its root begins with
`#![cfg_attr(not(test), no_std)]` if the tests use std. test.xml lists each test, and `--test_filter` chooses some.

```
rust_unit_test(
    name = "ring_test",
    crate = ":ring",
)
```
""",
)
