# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Checks of kernel module names."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

# MODULE_NAME_LEN of include/linux/moduleparam.h is 64 - sizeof(unsigned long), with the final NUL.
MAX_MODULE_NAME_LENGTH = 55

# Names with a meaning in kbuild's Makefiles, as `NAME-y` or `NAME.o`.
_RESERVED = ["always", "built-in", "ccflags", "core", "asflags", "ldflags", "drivers", "extra", "hostprogs", "lib", "libs", "modules", "net", "obj", "subdir", "targets", "virt"]

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHARACTERS = _LETTERS + "0123456789_-"

def check_module_name(name, label, fail = fail):
    """Refuses a name that kbuild cannot build or modprobe cannot load.

    Args:
      name: (string) the name, without `.ko`.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    if not name:
        fail("{}: module_name is empty. Give the name that lsmod will show, such as \"hello\".".format(label_text(label)))
    elif name.endswith(".ko"):
        fail("{}: module_name \"{}\" must not end in .ko: write \"{}\".".format(label_text(label), name, name[:-3]))
    elif [c for c in name.elems() if c not in _CHARACTERS]:
        hint = "".join([c if c in _CHARACTERS else "_" for c in name.elems()])
        fail("{}: module_name \"{}\" may contain only letters, digits, underscores and dashes, because kbuild and modprobe cannot handle others. Write \"{}\".".format(label_text(label), name, hint))
    elif name[0] not in _LETTERS + "_":
        fail("{}: module_name \"{}\" must begin with a letter: it becomes part of C identifiers. Write \"m{}\".".format(label_text(label), name, name))
    elif len(name) > MAX_MODULE_NAME_LENGTH:
        fail("{}: module_name \"{}\" has {} characters, and the kernel's limit is {}. Shorten it.".format(label_text(label), name, len(name), MAX_MODULE_NAME_LENGTH))
    elif name in _RESERVED:
        fail("{}: module_name \"{}\" has a special meaning in kbuild's Makefiles. Choose another, such as \"{}_module\".".format(label_text(label), name, name))

def kernel_name(name):
    """Returns the name by which the kernel knows a module, as kbuild and modprobe derive it.

    Args:
      name: (string) the name of the module's file, without `.ko`.

    Returns:
      (string) the name that lsmod shows.
    """
    return name.replace("-", "_")

def output_folder(target, module_name, own_kernel):
    """Decides where the outputs of a module are, so that several targets of a package can build modules of one name.

    Args:
      target: (string) the target's name.
      module_name: (string) the name of the module's file, without `.ko`.
      own_kernel: (bool) whether the target chooses its kernel itself.

    Returns:
      (string) a folder below that of the package, with a slash at its end; empty for the usual names of a target.
    """
    return target + "/" if own_kernel or target not in [module_name, module_name + "_ko"] else ""

def check_distinct_names(modules, label, fail = fail):
    """Refuses two modules with the same name: the kernel loads only the first.

    Args:
      modules: (list[struct]) modules with `module_name` and `label`, such as KernelModuleInfo.
      label: (Label or string) the target that lists them, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    seen = {}
    for module in modules:
        if module.module_name in seen:
            fail("{}: {} and {} are both modules named \"{}\", and a kernel loads only one module of a name. Give one of them another module_name, or test them separately.".format(
                label_text(label),
                label_text(seen[module.module_name]),
                label_text(module.label),
                module.module_name,
            ))
            return
        seen[module.module_name] = module.label
