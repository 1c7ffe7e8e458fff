# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Makes the sources of a module with many files."""

_MAIN = """\
#include <linux/module.h>
{prototypes}
static int __init many_init(void)
{{
	return {sum} == {expected} ? 0 : -EINVAL;
}}

static void __exit many_exit(void) {{}}

module_init(many_init);
module_exit(many_exit);
MODULE_DESCRIPTION("Has many files");
MODULE_LICENSE("Dual MIT/GPL");
"""

_HEADERS_PER_SOURCE = 4
_FOLDERS = 20

def _header(index):
    return "include/part{}/value{}.h".format(index % _FOLDERS, index)

def _many_sources_impl(ctx):
    files = []
    folder = ctx.label.name
    for index in range(ctx.attr.sources * _HEADERS_PER_SOURCE):
        header = ctx.actions.declare_file("{}/{}".format(folder, _header(index)))
        ctx.actions.write(header, "#define VALUE{0} {0}\n".format(index))
        files.append(header)
    for source_index in range(ctx.attr.sources):
        values = [source_index * _HEADERS_PER_SOURCE + i for i in range(_HEADERS_PER_SOURCE)]
        source = ctx.actions.declare_file("{}/file{}.c".format(folder, source_index))
        ctx.actions.write(source, "".join([
            "#include \"{}\"\n".format(_header(value))
            for value in values
        ]) + "int value{0}(void);\nint value{0}(void) {{ return {1}; }}\n".format(
            source_index,
            " + ".join(["VALUE{}".format(value) for value in values]),
        ))
        files.append(source)
    main = ctx.actions.declare_file(folder + "/main.c")
    count = ctx.attr.sources * _HEADERS_PER_SOURCE
    ctx.actions.write(main, _MAIN.format(
        expected = count * (count - 1) // 2,
        prototypes = "\n".join(["int value{}(void);".format(i) for i in range(ctx.attr.sources)]),
        sum = " + ".join(["value{}()".format(i) for i in range(ctx.attr.sources)]),
    ))
    return [DefaultInfo(files = depset(files + [main]))]

many_sources = rule(
    implementation = _many_sources_impl,
    attrs = {
        "sources": attr.int(
            mandatory = True,
            doc = "The number of C files beside main.c, such as `500`. Each has four headers of its own, in 20 folders.",
        ),
    },
    doc = "Makes a module's C files and headers.",
)
