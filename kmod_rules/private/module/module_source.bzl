# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Writes the C file of a module whose other code is C++."""

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

_BODY = """\
{parameters}
/*
 * KMOD_MODULE of kmod/module.h defines init_module and cleanup_module itself: going through
 * module_init() and module_exit() here costs 944 bytes. With IBT, objtool must be told that the
 * kernel calls them by their addresses.
 */
#ifdef CONFIG_X86_KERNEL_IBT
___ADDRESSABLE(init_module, __initdata);
___ADDRESSABLE(cleanup_module, __exitdata);
#endif

MODULE_LICENSE({license});
{tags}"""

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
    return str(parameter.default)

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

def module_name_source(label):
    """Writes the C file that tells C++ its module's name, for a module with C sources of the user.

    Args:
      label: (Label or string) the module's target, for the comment at the top.

    Returns:
      (string) the C source.
    """
    return _HEAD.format(label = label)

def module_source(label, license, author = "", description = "", version = "", parameters = []):
    """Writes the C file that gives a C++ module its name, its license and its parameters.

    Args:
      label: (Label or string) the module's target, for the comment at the top.
      license: (string) the argument of MODULE_LICENSE.
      author: (string) the argument of MODULE_AUTHOR; no MODULE_AUTHOR if empty.
      description: (string) the argument of MODULE_DESCRIPTION; no MODULE_DESCRIPTION if empty.
      version: (string) the argument of MODULE_VERSION; no MODULE_VERSION if empty.
      parameters: (list[struct]) what `parse_parameter` returned.

    Returns:
      (string) the C source.
    """
    tags = ""
    for macro, text in [("AUTHOR", author), ("DESCRIPTION", description), ("VERSION", version)]:
        if text:
            tags += "MODULE_{}({});\n".format(macro, c_string(text))
    return module_name_source(label) + _BODY.format(
        license = c_string(license),
        parameters = "".join([_parameter(p) for p in parameters]),
        tags = tags,
    )
