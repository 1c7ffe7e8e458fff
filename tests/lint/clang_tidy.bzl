# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""An aspect that runs clang-tidy with the flags that Bazel compiles with.

    bazel build --aspects=//tests/lint:clang_tidy.bzl%clang_tidy --output_groups=clang_tidy //...

It follows `deps`, so that below a kernel_module the same sources are read once more as they are in a
kernel: with the freestanding library and the flags of the default kernel. Code for other kernels has the
same sources, and is not read again.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")
load("@rules_cc//cc:defs.bzl", "CcInfo", "cc_common")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "repository_of")

_DEFAULT_KERNEL = "debian12_cloud_amd64"

_RULES = ["cc_binary", "cc_library", "cc_test"]

# "1234 warnings generated" counts suppressed warnings of third-party headers, so it is shown only together
# with real findings.
_SCRIPT = 'if ! "$@" > "$0" 2>&1; then cat "$0" >&2; exit 1; fi'

# The number of states of one function after which the analyzer gives up: a third of the default. It takes
# 1.4 s a file instead of 3.3, with the same findings here.
_ANALYZER_FLAGS = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=75000"]

def _is_external(path):
    return path.startswith("external/") or "/external/" in path

def _include_directories(context):
    """Returns the directories for -I and for -isystem.

    Bazel gives `includes` to the compiler as directories of the system, in whose headers clang-tidy
    finds nothing. Those of this project become ordinary ones.
    """
    own = []
    others = []
    for directory in context.system_includes.to_list():
        (others if _is_external(directory) else own).append(directory)
    return context.includes.to_list() + own, others

def _compile_flags(ctx, toolchain, context):
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        # clang-tidy has the headers themselves among its inputs.
        unsupported_features = ctx.disabled_features + ["precompiled_standard_library"],
    )
    includes, system_includes = _include_directories(context)
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts + ctx.rule.attr.copts,
        include_directories = depset(includes),
        quote_include_directories = context.quote_includes,
        system_include_directories = depset(system_includes),
        preprocessor_defines = depset(
            ctx.rule.attr.local_defines,
            transitive = [context.defines],
        ),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = ACTION_NAMES.cpp_compile,
        variables = variables,
    )

def _check(ctx, source, flags, inputs):
    log = ctx.actions.declare_file("_clang_tidy/{}/{}.log".format(ctx.label.name, source.short_path))
    args = ctx.actions.args()
    args.add_all(["sh", "-c", _SCRIPT, log])
    args.add(ctx.file._lint.path + "/usr/bin/clang-tidy-19")
    args.add("--quiet")
    args.add(ctx.file._plugin, format = "--load=%s")
    args.add(ctx.file._configuration, format = "--config-file=%s")
    if ctx.rule.attr.testonly:
        # GoogleTest's macros multiply the paths that the analyzer follows: 21 s a file instead of 6 s.
        args.add("--checks=-clang-analyzer-*")
    args.add(source)
    args.add("--")
    args.add_all(flags)
    args.add_all(_ANALYZER_FLAGS)
    ctx.actions.run(
        executable = ctx.executable._busybox,
        arguments = [args],
        inputs = depset([source, ctx.file._configuration, ctx.file._lint, ctx.file._plugin], transitive = inputs),
        outputs = [log],
        env = {},
        mnemonic = "ClangTidy",
        progress_message = "Running clang-tidy over {}".format(source.short_path),
    )
    return log

def _clang_tidy_impl(target, ctx):
    transitive = [
        dep[OutputGroupInfo].clang_tidy
        for dep in getattr(ctx.rule.attr, "deps", [])
        if OutputGroupInfo in dep and hasattr(dep[OutputGroupInfo], "clang_tidy")
    ]
    logs = []
    is_default_kernel = ctx.attr._kernel[KernelInfo].label.workspace_name.endswith(_DEFAULT_KERNEL)

    # Code for a kernel only has no CcInfo in the host's configuration; below a kernel_module, it has.
    if is_default_kernel and ctx.rule.kind in _RULES and not repository_of(ctx.label) and CcInfo in target:
        toolchain = find_cpp_toolchain(ctx)
        context = target[CcInfo].compilation_context
        flags = _compile_flags(ctx, toolchain, context)
        inputs = [context.headers, toolchain.all_files]
        logs = [
            _check(ctx, source, flags, inputs)
            for source in ctx.rule.files.srcs
            if source.extension == "cc" and source.is_source
        ]
    return [OutputGroupInfo(clang_tidy = depset(logs, transitive = transitive))]

clang_tidy = aspect(
    implementation = _clang_tidy_impl,
    attr_aspects = ["deps"],
    attrs = {
        "_busybox": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = Label("@kmod_busybox//:bin/busybox"),
            executable = True,
        ),
        "_cc_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
        "_configuration": attr.label(
            allow_single_file = True,
            default = Label("//:.clang-tidy"),
        ),
        "_kernel": attr.label(
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
        "_lint": attr.label(
            allow_single_file = True,
            default = Label("@kmod_lint//:root"),
        ),
        "_plugin": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = Label("//tests/lint:own_code_scope_plugin"),
        ),
    },
    fragments = ["cpp"],
    incompatible_use_toolchain_transition = True,
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    doc = "Runs clang-tidy over every C++ source of this project that the targets are made of.",
)
