# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Writes the C file of a module whose other code is C++."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")
load(":module_parameter.bzl", "C_TYPES")

_HEAD = """\
/* Generated for {label} by kernel_module. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

/* Read by kmod/print.h: C++ is compiled without knowing its module's name. */
extern const char kmod_module_name[];
const char kmod_module_name[] = KBUILD_MODNAME;
"""

_ENTRY_POINTS = """
/*
 * KMOD_MODULE of kmod/module.h defines init_module and cleanup_module itself: going through
 * module_init() and module_exit() here costs 944 bytes. With IBT, objtool must be told that the
 * kernel calls them by their addresses.
 */
#ifdef CONFIG_X86_KERNEL_IBT
___ADDRESSABLE(init_module, __initdata);
___ADDRESSABLE(cleanup_module, __exitdata);
#endif
"""

_PARAMETER = """
/* Read by KMOD_PARAMETER of kmod/parameter.h; the type is part of the name, so that the two agree. */
extern {c_type}{symbol};
{c_type}{symbol} = {default};
module_param_named({name}, {symbol}, {type}, {mode});
"""

_OCTAL = "01234567"

def c_string(text):
    """Writes a C string literal.

    Args:
      text: (string) any text.

    Returns:
      (string) the literal, with its quotes.
    """
    for old, new in [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\t", "\\t"), ("?", "\\?")]:
        text = text.replace(old, new)
    return "\"" + text + "\""

def _octal(mode):
    return "0" + _OCTAL[mode // 64 % 8] + _OCTAL[mode // 8 % 8] + _OCTAL[mode % 8]

def _c_default(parameter):
    if parameter.type == "charp":
        return c_string(parameter.default)
    if parameter.type == "bool":
        return "true" if parameter.default else "false"

    # C has no negative literals, and 9223372036854775808 is not of type long.
    if parameter.type == "long" and parameter.default < 0:
        return "({}L - 1)".format(parameter.default + 1)
    return str(parameter.default) + {"long": "L", "uint": "U", "ulong": "UL"}.get(parameter.type, "")

def _parameter(parameter):
    c_type = C_TYPES[parameter.type]
    text = _PARAMETER.format(
        c_type = c_type if c_type.endswith("*") else c_type + " ",
        default = _c_default(parameter),
        mode = _octal(parameter.mode),
        name = parameter.name,
        symbol = "kmod_param_{}_{}".format(parameter.type, parameter.name),
        type = parameter.type,
    )
    if parameter.description:
        text += "MODULE_PARM_DESC({}, {});\n".format(parameter.name, c_string(parameter.description))
    return text

def module_source(
        label,
        license = "",
        author = "",
        description = "",
        version = "",
        parameters = [],
        import_ns = [],
        entry_points = True,
        exports = ""):
    """Writes the C file that gives a module what its attributes say.

    Args:
      label: (Label or string) the module's target, for the comment at the top.
      license: (string) the argument of MODULE_LICENSE; no MODULE_LICENSE if empty, and the same for the next three.
      author: (string) the argument of MODULE_AUTHOR.
      description: (string) the argument of MODULE_DESCRIPTION.
      version: (string) the argument of MODULE_VERSION.
      parameters: (list[struct]) what `parse_parameter` returned.
      import_ns: (list[string]) namespaces for MODULE_IMPORT_NS.
      entry_points: (bool) whether C++ defines the entry points of the module.
      exports: (string) what `export_source` returned.

    Returns:
      (string) the C source.
    """
    tags = ""
    for macro, text in [("LICENSE", license), ("AUTHOR", author), ("DESCRIPTION", description), ("VERSION", version)]:
        if text:
            tags += "MODULE_{}({});\n".format(macro, c_string(text))
    for namespace in import_ns:
        # Not MODULE_IMPORT_NS, which takes a string since Linux 6.13 and a name before.
        tags += "MODULE_INFO(import_ns, {});\n".format(c_string(namespace))
    return (
        _HEAD.format(label = label_text(label)) +
        "".join([_parameter(p) for p in parameters]) +
        (_ENTRY_POINTS if entry_points else "") +
        exports +
        ("\n" + tags if tags else "")
    )
