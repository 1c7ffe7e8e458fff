# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""What a module exports by its attributes: EXPORT_SYMBOL for functions and variables of C++ and C."""

load("//kmod_rules/private/base:label_text.bzl", "label_text")

EXPORT_ATTRS = {
    "export_hdrs": attr.label_list(
        allow_files = [".h"],
        doc = "The headers that declare what `exports` and `exports_gpl` name, such as `[\"base.h\"]`. kbuild reads them as C, because it computes the versions of exported symbols from declarations in C; so C++ declarations are in `extern \"C\"`, within `#ifdef __cplusplus`.",
    ),
    "export_ns": attr.string(
        doc = "The namespace of what `exports` and `exports_gpl` name, such as `\"BASE\"`: EXPORT_SYMBOL_NS. Modules that use the symbols need it in `import_ns`.",
    ),
    "exports": attr.string_list(
        doc = "Functions and variables, of C++ or C, that other modules can use, such as `[\"base_add\"]`: EXPORT_SYMBOL. `export_hdrs` declares them. In C++, they are `extern \"C\"`.",
    ),
    "exports_gpl": attr.string_list(
        doc = "As `exports`, for GPL-compatible modules only, such as `[\"base_reset\"]`: EXPORT_SYMBOL_GPL.",
    ),
}

_HEAD = """
/* The headers have the declarations from which genksyms computes the versions. */
#include <linux/version.h>
{includes}
"""

# The namespace is a string since Linux 6.13, and a name before.
_IN_NAMESPACE = """\
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
{string}#else
{name}#endif
"""

def _is_identifier(name):
    return name and not name[0].isdigit() and not [c for c in name.elems() if not (c.isalnum() or c == "_")]

def check_exports(exports, exports_gpl, export_ns, has_headers, label, fail = fail):
    """Checks what a module exports by its attributes.

    Args:
      exports: (list[string]) the attribute exports.
      exports_gpl: (list[string]) the attribute exports_gpl.
      export_ns: (string) the attribute export_ns.
      has_headers: (bool) whether the attribute export_hdrs has headers.
      label: (Label or string) the module's target, for error messages.
      fail: the function that reports an error; a test passes its own.
    """
    names = exports + exports_gpl
    for name in names:
        if name.startswith("_Z"):
            fail("{}: exports holds {}, which is a mangled name of C++. Declare the function extern \"C\" in its header, and export it by its own name.".format(label_text(label), name))
        elif not _is_identifier(name):
            fail("{}: exports holds \"{}\", which is not a C identifier. Name functions and variables, such as \"base_add\".".format(label_text(label), name))
        elif len([other for other in names if other == name]) > 1:
            fail("{}: exports and exports_gpl hold {} twice. Remove one of them.".format(label_text(label), name))
            return
    if names and not has_headers:
        fail("{}: export_hdrs is empty. Name the header that declares {}, such as [\"{}.h\"]: the kernel computes the versions of exported symbols from declarations in C.".format(label_text(label), ", ".join(names), names[0]))
    elif has_headers and not names:
        fail("{}: export_hdrs has headers, and nothing is exported. Name functions in exports or exports_gpl, or remove export_hdrs.".format(label_text(label)))
    if export_ns and not names:
        fail("{}: export_ns is \"{}\", and nothing is exported. Name functions in exports or exports_gpl, or remove export_ns.".format(label_text(label), export_ns))
    elif export_ns and not _is_identifier(export_ns):
        fail("{}: export_ns is \"{}\", which is not a C identifier, as the namespaces of the kernel are. Write for example \"BASE\".".format(label_text(label), export_ns))

def _lines(macro, names, namespace):
    return "".join([
        "{}({}{});\n".format(macro, name, ", " + namespace if namespace else "")
        for name in names
    ])

def export_source(exports, exports_gpl, export_ns, headers):
    """Writes the C that exports symbols.

    Args:
      exports: (list[string]) for all modules.
      exports_gpl: (list[string]) for GPL-compatible modules.
      export_ns: (string) their namespace; empty if they have none.
      headers: (list[string]) the headers that declare them, as the C includes them.

    Returns:
      (string) C source; empty if there is nothing to export.
    """
    if not exports and not exports_gpl:
        return ""
    text = _HEAD.format(includes = "\n".join(["#include \"{}\"".format(header) for header in headers]))
    for macro, names in [("EXPORT_SYMBOL", exports), ("EXPORT_SYMBOL_GPL", exports_gpl)]:
        if not names:
            continue
        if export_ns:
            macro = macro.replace("EXPORT_SYMBOL", "EXPORT_SYMBOL_NS")
            text += _IN_NAMESPACE.format(
                name = _lines(macro, names, export_ns),
                string = _lines(macro, names, "\"{}\"".format(export_ns)),
            )
        else:
            text += _lines(macro, names, "")
    return text
