# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What takes the place of packages that an archive has replaced: targets that Bazel skips.

A platform has none of the constraints that are declared here, so each target is incompatible with every platform,
and with it whatever depends on it: `bazel test //...` reports it as SKIPPED, and an explicit build of it fails.
"""

load("//kmod_rules/private/base:label_text.bzl", "repository_text")

# In a repository without its packages: what lacks, and the command that moves the pins.
_MARKER = "root/gone.txt"

_BUILD = """# Generated: the mirrors have dropped a package that the lock pins.
load("@rules_kmod//kmod_rules/private/packages:gone_packages.bzl", "gone_packages")
{loads}
gone_packages(
    message = {message},
    targets = {targets},
)
{more}"""

def _gone_target_impl(ctx):
    fail("{}: Bazel skips this target".format(ctx.label))

_gone_target = rule(
    implementation = _gone_target_impl,
    doc = "Stands for a target whose packages are gone. Bazel skips it.",
)

# buildifier: disable=unnamed-macro (the targets have the names that others depend on)
def gone_packages(message, targets):
    """Declares the targets of a repository without its packages, and prints why they are skipped.

    Args:
      message: (string) what is gone, and how to move the pins.
      targets: (list[string]) the names.
    """

    # buildifier: disable=print (each run of Bazel is to say what it skips)
    print(message)
    native.constraint_setting(name = "packages")
    native.constraint_value(
        name = "packages_that_left_the_mirrors",
        constraint_setting = ":packages",
    )
    for target in targets:
        _gone_target(
            name = target,
            target_compatible_with = [":packages_that_left_the_mirrors"],
            visibility = ["//visibility:public"],
        )

def is_gone(tree):
    """Tells whether a tree is that of a repository without its packages.

    Args:
      tree: (path) the directory `root` of a repository.

    Returns:
      (bool)
    """
    return tree.get_child(_MARKER.rpartition("/")[2]).exists

def write_gone(rctx, what, targets, loads = "", more = ""):
    """Writes a repository whose targets Bazel skips.

    Args:
      rctx: (repository_ctx) of a rule with the attribute `update_command`.
      what: (string) what is gone, such as `package linux-headers-6.12 6.12.117-1`.
      targets: (list[string]) the names of the targets.
      loads: (string) load statements that `more` needs.
      more: (string) further targets, which are not skipped.
    """
    message = "{}: skipped, because {} is gone from the mirrors. Move the pins: {}".format(
        repository_text(rctx.name),
        what,
        rctx.attr.update_command,
    )
    rctx.file(_MARKER, message + "\n", executable = False)
    rctx.file("BUILD.bazel", _BUILD.format(
        loads = loads,
        message = repr(message),
        more = more,
        targets = repr(targets),
    ), executable = False)

    # Another list of mirrors, such as one with an archive of old packages, causes a new fetch.
    rctx.path(Label("@kmod_mirrors//:mirrors.txt"))
