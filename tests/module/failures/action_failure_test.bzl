# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""A test that passes if an action of a target fails with the expected error.

The target itself is never built. An aspect finds the action, and a tool runs the same command line on
the same inputs. The tool succeeds only if the command fails.
"""

load("@bazel_skylib//lib:shell.bzl", "shell")
load("@rules_cc//cc:defs.bzl", "CcInfo")
load("//kmod_rules/private/base:label_text.bzl", "label_text")
load("//kmod_rules/private/kernel:kernel_transition.bzl", "in_kernel")

_FoundActionsInfo = provider(
    doc = "The actions of a target.",
    fields = {"actions": "(list[Action]) The actions that the target declares."},
)

def _find_actions_impl(target, _ctx):
    return [_FoundActionsInfo(actions = target.actions)]

_find_actions = aspect(implementation = _find_actions_impl)

def _action_failure_test_impl(ctx):
    target = (ctx.attr.target or ctx.attr.library)
    target = target[0] if type(target) == "list" else target
    actions = [a for a in target[_FoundActionsInfo].actions if a.mnemonic == ctx.attr.mnemonic]
    if len(actions) != 1:
        fail("{}: {} has {} actions with the mnemonic {}, and the test needs one. It has: {}.".format(
            label_text(ctx.label),
            label_text(target.label),
            len(actions),
            ctx.attr.mnemonic,
            ", ".join([a.mnemonic for a in target[_FoundActionsInfo].actions]),
        ))
    action = actions[0]
    inputs = [action.inputs]
    if CcInfo in target:
        # Directories of headers, which Bazel adds when it runs a compilation.
        inputs.append(target[CcInfo].compilation_context.headers)
    log = ctx.actions.declare_file(ctx.label.name + ".log")
    first = ctx.actions.args()
    first.add(log)
    for output in action.outputs.to_list():
        first.add(output, format = "--output=%s")
    first.add("--")
    ctx.actions.run(
        executable = ctx.executable._expect_failure,
        arguments = [first] + (action.args or action.argv),
        inputs = depset(transitive = inputs),
        outputs = [log],
        env = action.env,
        mnemonic = "ExpectFailure",
        progress_message = "Expecting {} of {} to fail".format(ctx.attr.mnemonic, label_text(target.label)),
    )
    expectations = ctx.actions.declare_file(ctx.label.name + ".expected")
    ctx.actions.write(expectations, "".join([line + "\n" for line in ctx.attr.expected]))
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec {} {} {}\n".format(
            shell.quote(ctx.executable._check_log.short_path),
            shell.quote(log.short_path),
            shell.quote(expectations.short_path),
        ),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = launcher,
        runfiles = ctx.runfiles([log, expectations, ctx.executable._check_log]),
    )]

action_failure_test = rule(
    implementation = _action_failure_test_impl,
    attrs = {
        "expected": attr.string_list(
            mandatory = True,
            allow_empty = False,
            doc = "Texts that the action must print, in this order, such as `[\"plain operator new is used by\"]`.",
        ),
        "library": attr.label(
            aspects = [_find_actions],
            cfg = in_kernel,
            doc = "A library whose compilation for the kernel fails, such as `:static_constructor`.",
        ),
        "mnemonic": attr.string(
            mandatory = True,
            doc = "The mnemonic of the action that must fail, such as `Kbuild`.",
        ),
        "target": attr.label(
            aspects = [_find_actions],
            doc = "A target with an action that fails, such as `:plain_new_ko`.",
        ),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_check_log": attr.label(
            cfg = "target",
            default = "//tests/module/failures:check_log",
            executable = True,
        ),
        "_expect_failure": attr.label(
            cfg = "exec",
            default = "//tests/module/failures:expect_failure",
            executable = True,
        ),
    },
    doc = "Passes if an action of `target` or `library` fails and prints the texts of `expected`.",
    test = True,
)
