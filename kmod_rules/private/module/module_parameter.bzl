# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Parameters of a kernel module, as BUILD files declare them."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

# From the kernel's names of parameter types to the C types of their variables.
C_TYPES = {
    "bool": "bool",
    "byte": "unsigned char",
    "charp": "char *",
    "int": "int",
    "long": "long",
    "short": "short",
    "uint": "unsigned int",
    "ulong": "unsigned long",
    "ushort": "unsigned short",
}

# From the types of numbers to their lowest and highest values.
_RANGES = {
    "byte": (0, (1 << 8) - 1),
    "int": (-(1 << 31), (1 << 31) - 1),
    "long": (-(1 << 63), (1 << 63) - 1),
    "short": (-(1 << 15), (1 << 15) - 1),
    "uint": (0, (1 << 32) - 1),
    "ulong": (0, (1 << 64) - 1),
    "ushort": (0, (1 << 16) - 1),
}

def module_parameter(type, default = None, description = "", mode = 0o444, fail = fail):
    """Declares a parameter for the attribute `parameters` of `kernel_module`.

    ```
    parameters = {
        "times": module_parameter("int", default = 1, description = "How many greetings"),
    }
    ```

    C++ reads it with `KMOD_PARAMETER(int, times)` of `kmod/parameter.h`.

    Args:
      type: (string) the kernel's name of the type: bool, byte, charp, int, long, short, uint, ulong or ushort.
      default: (bool, int or string) the value if the module is loaded without the parameter; by default
        False, 0 or the empty string, according to the type.
      description: (string) the description that `modinfo` shows, such as `"How many greetings"`.
      mode: (int) the permissions of its file in /sys/module/NAME/parameters, such as `0o644`; 0 for no file.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (string) the declaration, a value for `parameters`.
    """
    if type not in C_TYPES:
        fail("module_parameter: there is no parameter type \"{}\". The kernel has: {}.".format(type, ", ".join(sorted(C_TYPES))))
        return ""
    if default == None:
        default = False if type == "bool" else ("" if type == "charp" else 0)
    kind = {"bool": "bool", "charp": "string"}.get(type, "int")
    if _type_name(default) != kind:
        fail("module_parameter: the default of a parameter of type {} must be of type {}, and {} is not.".format(type, kind, repr(default)))
        return ""
    if kind == "int":
        lowest, highest = _RANGES[type]
        if default < lowest or default > highest:
            fail("module_parameter: the default {} does not fit into a parameter of type {}, which holds {} to {}. Choose another default, or a larger type.".format(default, type, lowest, highest))
            return ""
    if mode < 0 or mode > 0o777 or (mode // 2) % 2 == 1:
        fail("module_parameter: mode {} is not a mode that the kernel accepts: it must be between 0 and 0o777, and others must not be able to write. 0o444 is usual.".format(mode))
        return ""
    return json.encode({"default": default, "description": description, "mode": mode, "type": type})

# `type` is an argument above, which hides the built-in function.
_type_name = type

def parse_parameter(name, declaration, label, fail = fail):
    """Reads one entry of the attribute `parameters`.

    Args:
      name: (string) the parameter's name.
      declaration: (string) what `module_parameter` returned.
      label: (Label or string) the target, for error messages.
      fail: the function that reports an error; a test passes its own.

    Returns:
      (struct) `name`, `type`, `default`, `description`, `mode`.
    """
    if not name or [c for c in name.elems() if not (c.isalnum() or c == "_")] or name[0].isdigit():
        fail("{}: parameter \"{}\" is not a C identifier. Use letters, digits and underscores.".format(label_text(label), name))
        return None
    if not declaration.startswith("{"):
        fail("{}: parameter {} is declared as {}. Declare it with module_parameter(\"int\", default = 1) of @rules_kmod//kmod_rules:defs.bzl.".format(label_text(label), name, repr(declaration)))
        return None
    fields = json.decode(declaration)
    return struct(
        name = name,
        type = fields["type"],
        default = fields["default"],
        description = fields["description"],
        mode = fields["mode"],
    )
