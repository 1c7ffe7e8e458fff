# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The programs and files of a virtual machine (VM), and their paths in the guest."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

# Below the root of the guest.
_RUNFILES_DIRECTORY = "runfiles"

def runfiles_directory(ctx):
    """Returns the guest's directory of runfiles, in which programs start, as tests do on a host.

    Args:
      ctx: (ctx) of a rule.

    Returns:
      (string) a path below the root of the guest.
    """
    return "{}/{}".format(_RUNFILES_DIRECTORY, ctx.workspace_name)

def _runfiles_path(ctx, file):
    # In the main repository, a file of another one has the path "../repository/file".
    path = file.short_path
    if path.startswith("../"):
        return "{}/{}".format(_RUNFILES_DIRECTORY, path[len("../"):])
    return "{}/{}".format(runfiles_directory(ctx), path)

def guest_programs(targets, label):
    """Finds the executables of the attribute `programs`.

    Args:
      targets: (list[Target]) the attribute.
      label: (Label) the target, for error messages.

    Returns:
      (dict[string, File]) the programs by name, in the order of the attribute.
    """
    programs = {}
    for target in targets:
        executable = target[DefaultInfo].files_to_run.executable
        name = target.label.name.rpartition("/")[2]
        if not executable:
            fail("{}: programs holds {}, which is not executable. It takes targets such as cc_binary.".format(label_text(label), label_text(target.label)))
        if name in programs:
            fail("{}: programs holds two targets named \"{}\", and a program's name is that of its test case. Rename one.".format(label_text(label), name))
        if [c for c in name.elems() if c in " \t:*,"]:
            fail("{}: the program {} has a space or one of : * , in its name, which --test_filter cannot select. Rename it.".format(label_text(label), label_text(target.label)))
        programs[name] = executable
    return programs

def guest_data(ctx, program_targets, data_targets):
    """Lays out the runfiles of programs, and the attribute `data`.

    Args:
      ctx: (ctx) of a rule.
      program_targets: (list[Target]) the attribute `programs`.
      data_targets: (list[Target]) the attribute `data`.

    Returns:
      (dict[string, File]) paths below the root of the guest to files.
    """
    programs = [target[DefaultInfo].files_to_run.executable for target in program_targets]
    runfiles = ctx.runfiles(transitive_files = depset(transitive = [target[DefaultInfo].files for target in data_targets]))
    for target in program_targets + data_targets:
        runfiles = runfiles.merge(target[DefaultInfo].default_runfiles)
    return {
        _runfiles_path(ctx, file): file
        for file in runfiles.files.to_list()
        if file not in programs
    }
