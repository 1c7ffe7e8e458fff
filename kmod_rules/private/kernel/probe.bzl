# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Asks kbuild how it compiles for a kernel: has it build one small module and reads the command."""

load("//kmod_rules/private/base:label_text.bzl", "repository_text", "sibling")
load("//kmod_rules/private/packages:sysroot.bzl", "ROOT")
load(":flag_table.bzl", "translate_flags")
load(":kbuild_steps.bzl", "STEPS_FILE", "kbuild_steps")

_PROBE = "probe"
_RECORD = "record"

def command_words(command):
    """Splits a recorded shell command into words, without the quotes.

    Args:
      command: (string) one command, without line breaks.

    Returns:
      (list[string]) its words.
    """
    words = []
    word = ""
    quote = ""
    for c in command.elems():
        if quote:
            if c == quote:
                quote = ""
            else:
                word += c
        elif c in "\"'":
            quote = c
        elif c in " \t":
            if word:
                words.append(word)
            word = ""
        else:
            word += c
    return words + [word] if word else words

def parse_objtool_call(output):
    """Finds objtool's arguments in the output of kbuild.

    Before Linux 5.17, kbuild does not record how it runs objtool.

    Args:
      output: (string) what `make V=1` printed.

    Returns:
      (list[string]) the words between the program and the object; empty if kbuild did not run objtool.
    """
    for line in output.split("\n"):
        words = command_words(line)
        if words and words[0].endswith("/objtool"):
            return words[1:-1]
    return []

def parse_recorded_command(text, where, fail = fail):
    """Reads a .cmd file of kbuild.

    Args:
      text: (string) the content of `.probe.o.cmd`. Its first line is `cmd_PATH := COMMANDS`, or
        `savedcmd_PATH := COMMANDS` since Linux 6.2; commands are separated by semicolons.
      where: (string) the kernel whose command it is, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (struct) `compile`, the words after the compiler's name, and `objtool`, objtool's arguments without the object.
    """
    first = text.split("\n")[0]
    if " := " not in first or not first.split(" := ")[0].split("_")[0] in ["cmd", "savedcmd"]:
        fail("{}: kbuild did not record a command that this rule can read: {}".format(where, first[:200]))
        return None
    commands = [command_words(c) for c in first[first.index(" := ") + 4:].split(";")]
    compiles = [c for c in commands if "-c" in c]
    if not compiles:
        fail("{}: kbuild did not record a compile command: {}".format(where, first[:200]))
        return None
    objtool = [c for c in commands if c and c[0].endswith("/objtool")]
    return struct(
        compile = compiles[0][1:],
        objtool = objtool[0][1:-1] if objtool else [],
    )

def _delays_objtool(rctx, build):
    # make can set the variable only where kbuild has it, since Linux 5.17.
    return rctx.execute([rctx.path(rctx.attr._busybox), "grep", "-q", "delay-objtool", build + "/scripts/Makefile.lib"]).return_code == 0

def directory_path(rctx, label):
    """Returns the path of a directory that a label names.

    Args:
      rctx: (repository_ctx) of any rule.
      label: (Label) a directory; its package has a file BUILD.bazel.

    Returns:
      (path) its path: rctx.path() takes only labels of files.
    """
    return rctx.path(sibling(label, "BUILD.bazel")).dirname.get_child(label.name)

def tools_bin(rctx):
    """Returns the directory of the programs of a kernel's tools.

    Args:
      rctx: (repository_ctx) of a rule that has TREE_ATTRS.

    Returns:
      (string) its path.
    """
    return str(directory_path(rctx, rctx.attr.tools)) + "/usr/bin"

def _run_kbuild(rctx, build, arguments):
    """Has kbuild build the probe, with the command line of run_kbuild."""
    bin = tools_bin(rctx)
    probe = str(rctx.path(_PROBE))
    pahole = rctx.path(ROOT + "/usr/bin/pahole")
    busybox = rctx.path(rctx.attr._busybox)
    return rctx.execute(
        [
            busybox,
            "env",
            "-i",
            "PATH=" + bin,
            "LC_ALL=C",
            "KMOD_BUSYBOX={}".format(busybox),
            "KMOD_MAKE={}/make".format(bin),
            "KMOD_RECORD={}/{}".format(probe, _RECORD),
            bin + "/make",
            "-C",
            build,
            "M=" + probe,
            "CC=" + rctx.attr.compiler + " -nostdinc",
            "CONFIG_SHELL=" + bin + "/sh",
            "SHELL=" + bin + "/sh",
            "KCPPFLAGS=@{}/.prefix_maps".format(probe),
            "modules",
        ] + arguments + (["PAHOLE={}".format(pahole)] if pahole.exists else []),
        timeout = 300,
    )

def _read(rctx, path):
    return rctx.read(path) if rctx.path(path).exists else ""

def _write_steps(rctx):
    """Writes how the top Makefile called make, for run_kbuild. Without the file, it calls the top Makefile."""
    places = {}
    for path, name in {
        rctx.path(_PROBE): "@MODULE@",
        rctx.path(ROOT): "@KERNEL@",
        directory_path(rctx, rctx.attr.tools): "@TOOLS@",
    }.items():
        places[str(path)] = name
        places[str(path.realpath)] = name
    record = "{}/{}".format(_PROBE, _RECORD)
    text = kbuild_steps(_read(rctx, record), _read(rctx, record + ".environment"), places)
    if not text:
        # buildifier: disable=print
        print("{}: its top Makefile builds modules in an unknown way, so kbuild runs it for each module, which is slower.".format(repository_text(rctx.name)))
        return
    rctx.file("{}/{}".format(ROOT, STEPS_FILE), text, executable = False)

def probe_kernel(rctx, build_directory, release):
    """Has kbuild compile a module of one empty C file, and translates the flags that it used.

    Args:
      rctx: (repository_ctx) of a rule that has TREE_ATTRS, after the tree is unpacked.
      build_directory: (string) the kernel's build directory below ROOT.
      release: (string) the release of the kernel, for error messages.

    Returns:
      (struct) `cxx_flags` and `objtool_args`, lists of strings, and `delays_objtool`, whether kbuild can run
      objtool over the linked module.
    """
    rctx.file(_PROBE + "/Makefile", "obj-m := probe.o\n", executable = False)
    rctx.file(_PROBE + "/probe.c", "#include <linux/module.h>\nMODULE_DESCRIPTION(\"probe\");\nMODULE_LICENSE(\"GPL\");\n", executable = False)
    rctx.file(_PROBE + "/.prefix_maps", "", executable = False)
    build = str(rctx.path(ROOT)) + "/" + build_directory
    recorder = "MAKE={}/sh {}".format(tools_bin(rctx), rctx.path(rctx.attr._record_make))
    result = _run_kbuild(rctx, build, ["--silent", "--no-print-directory", recorder])
    recorded = rctx.path(_PROBE + "/.probe.o.cmd")
    if result.return_code or not recorded.exists:
        fail("{}: kbuild of {} cannot compile a module of one empty C file with {}:\n{}{}".format(
            repository_text(rctx.name),
            release,
            rctx.attr.compiler,
            result.stdout,
            result.stderr,
        ))
    commands = parse_recorded_command(rctx.read(recorded), repository_text(rctx.name))
    objtool_args = commands.objtool
    if not objtool_args:
        rctx.delete(_PROBE + "/probe.o")
        objtool_args = parse_objtool_call(_run_kbuild(rctx, build, ["V=1"]).stdout)
    _write_steps(rctx)
    rctx.delete(_PROBE)
    return struct(
        cxx_flags = translate_flags(commands.compile, repository_text(rctx.name)),
        delays_objtool = _delays_objtool(rctx, build),
        objtool_args = objtool_args,
    )
