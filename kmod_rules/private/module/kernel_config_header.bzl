# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The macro kernel_config_header: a header that says what compiles against the kernel."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "on_kernel")
load("//kmod_rules/private/module/kbuild:kbuild.bzl", "KBUILD_ATTRS", "run_kbuild")

_FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"

def check_macros(macros, label, fail = fail):
    """Refuses names of macros that C cannot have, and names that are given twice.

    Args:
      macros: (list[string]) the names.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if not macros:
        fail("{}: probes is empty. Give macros with the C files that define them if they compile, such as {{\"HAVE_TIMER_SETUP\": \"probes/timer_setup.c\"}}.".format(label_text(label)))
    for macro in macros:
        if not macro or macro[0] not in _FIRST or [c for c in macro.elems() if c not in _FIRST + "0123456789"]:
            fail("{}: probes has the macro \"{}\", which is not a name in C. Write for example \"HAVE_TIMER_SETUP\".".format(label_text(label), macro))

def _kernel_config_header_impl(ctx):
    check_macros(ctx.attr.probes.values(), ctx.label)
    kernel = ctx.attr._kernel[0][KernelInfo]
    control = ctx.actions.declare_file("{}.control.c".format(ctx.label.name))
    ctx.actions.write(control, "/* Compiles always. */\n")
    log = ctx.actions.declare_file("{}.log".format(ctx.label.name))
    header = ctx.outputs.out
    sources = {"control.c": control}
    arguments = ["--probe=control.o=control"]
    for number, probe in enumerate(ctx.attr.probes):
        file = probe.files.to_list()[0]

        # Files of the same name in other folders stay apart.
        name = "probe_{}_{}".format(number, file.basename)
        sources[name] = file
        arguments.append("--probe={}.o={}".format(name[:-len(".c")], ctx.attr.probes[probe]))
    run_kbuild(
        ctx,
        kernel = kernel,
        mode = "probes",
        sources = sources,
        arguments = arguments + ["--output-header=" + header.path, "--output-log=" + log.path],
        inputs = depset(),
        outputs = [header, log],
        progress_message = "Probing {} for {}".format(kernel.release, label_text(ctx.label)),
    )
    return [
        DefaultInfo(files = depset([header])),
        OutputGroupInfo(log = depset([log])),
    ]

_kernel_config_header = rule(
    implementation = _kernel_config_header_impl,
    attrs = dicts.add(KBUILD_ATTRS, {
        "kernel": attr.label(
            doc = "The kernel to ask, such as `\"@debian12_amd64//:kernel\"`.",
        ),
        "out": attr.output(
            doc = "The header, such as `kernel_api.h`.",
            mandatory = True,
        ),
        "probes": attr.label_keyed_string_dict(
            allow_files = [".c"],
            doc = "C files, each with the macro that is defined if it compiles.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_kernel": attr.label(
            cfg = on_kernel,
            default = Label("//kmod_rules:kernel"),
            providers = [KernelInfo],
        ),
    }),
    doc = "A header that says what compiles; kernel_config_header.bzl documents it.",
)

def kernel_config_header(name, probes, out = None, kernel = None, **kwargs):
    """A header that says what compiles against the kernel, instead of a script such as `conftest.sh`.

    Each probe is a small C file. kbuild compiles it with the kernel's compiler, headers and flags, and the header
    defines the probe's macro as 1 if that succeeds. What the compiler said of the others is the output group `log`.

    ```
    kernel_config_header(
        name = "kernel_api",
        probes = {"HAVE_TIMER_SETUP": "probes/timer_setup.c"},
    )

    kernel_module(
        name = "card_ko",
        srcs = ["card.c", ":kernel_api"],
    )
    ```

    `card.c` includes `kernel_api.h`. A probe is the smallest C that needs what it asks for, such as
    `void probe(struct timer_list *timer); void probe(struct timer_list *timer) { timer_setup(timer, 0, 0); }`.

    Args:
      name: (string) the target's name.
      probes: (dict[string, label]) macros, each with the C file that has to compile, such as
        `{"HAVE_TIMER_SETUP": "probes/timer_setup.c"}`.
      out: (string) the header's name, such as `"kernel_api.h"`; by default the target's name with `.h`.
      kernel: (label) the kernel to ask, such as `"@debian12_amd64//:kernel"`, for a module that has the same attribute.
      **kwargs: attributes that every rule has, such as `visibility`.
    """
    files = {}
    for macro, probe in probes.items():
        if probe in files:
            fail("//{}:{}: probes gives {} to both {} and {}. A file is one probe: remove one of them.".format(native.package_name(), name, probe, files[probe], macro))
        files[probe] = macro
    _kernel_config_header(
        name = name,
        kernel = kernel,
        out = out or name + ".h",
        probes = files,
        **kwargs
    )
