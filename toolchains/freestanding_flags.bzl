# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The flags of Clang for code that runs inside a kernel.

Those for code generation that depend on the kernel come from its KernelInfo.cxx_flags, which kbuild
answered. The others are the same in every kernel.
"""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules:providers.bzl", "KernelInfo")
load(":clang.bzl", "CLANG_ATTRS", "RESOURCE_DIRECTORY", "clang_flags")

_LANGUAGE_FLAGS = [
    # The kernel has memcpy, strlen and similar functions, so the compiler may generate calls of them.
    "-ffreestanding",
    "-fbuiltin",
    "-fno-pic",
    "-fno-unwind-tables",
    "-fvisibility=hidden",
    # objtool refuses a function that does not return but ends in a fall-through.
    "-mllvm",
    "-trap-unreachable",
    # Size: unroll as GCC does at -O2, and omit comments, address tables and link tables, which are not used.
    "-fno-unroll-loops",
    "-Qn",
    "-fno-addrsig",
    "-fno-autolink",
    "-Wall",
    "-Wextra",
    "-Wframe-larger-than=2048",
    "-Wvla",
    # An initializer of a kernel's table of functions names those that there are.
    "-Wno-missing-designated-field-initializers",
]

_CXX_FLAGS = [
    "-std=c++23",
    "-nostdinc++",
    "-nostdlibinc",
    "-fno-exceptions",
    "-fno-rtti",
    # kmalloc promises less than the 16 bytes that Clang assumes of operator new.
    "-fnew-alignment=8",
    "-fsized-deallocation",
    "-fvisibility-inlines-hidden",
    # In a kernel without CONFIG_CONSTRUCTORS, the module loader does not run static constructors.
    "-Werror=global-constructors",
    "-Werror=exit-time-destructors",
]

def freestanding_flags(kernel, clang, libstdcxx, configuration):
    """Returns the flags with which code for a kernel is compiled.

    Args:
      kernel: (KernelInfo) the kernel.
      clang: (File) the compiler's tree.
      libstdcxx: (File) the tree with libstdc++'s headers.
      configuration: (File) the project's c++config.h.

    Returns:
      (struct) lists of strings: `clang`, `kernel` and `freestanding` for all code, `c` and `cxx` for one language,
      `cxx_library` to find the standard library; `include_directories`, the directories that need not be declared.
    """
    include = libstdcxx.path + "/usr/include"
    directories = [
        # The project's configuration comes first: it wraps headers of the library with the same names.
        configuration.dirname.rpartition("/")[0],
        include + "/c++/14",
        include + "/x86_64-linux-gnu/c++/14",
    ]
    library_flags = []
    for directory in directories:
        library_flags += ["-isystem", directory]
    return struct(
        c = ["-std=gnu11", "-nostdlibinc"],
        clang = [
            "--target=x86_64-linux-gnu",
            # Only to keep Clang from looking for a GCC of the host; nothing is read from there.
            "--sysroot=" + clang.path,
        ] + clang_flags(clang, [clang, libstdcxx, configuration]),
        cxx = _CXX_FLAGS,
        cxx_library = library_flags,
        freestanding = _LANGUAGE_FLAGS,
        include_directories = directories[:1] + [clang.path + "/" + RESOURCE_DIRECTORY + "/include", include],
        kernel = list(kernel.cxx_flags),
    )

# What freestanding_flags() takes, as attributes of a rule.
FREESTANDING_ATTRS = dicts.add(CLANG_ATTRS, {
    "configuration": attr.label(
        allow_single_file = True,
        default = Label("//runtime:std/bits/c++config.h"),
        doc = "The project's c++config.h, in the folder `bits` of the configuration headers, such as `//runtime:std/bits/c++config.h`.",
    ),
    "kernel": attr.label(
        mandatory = True,
        providers = [KernelInfo],
        doc = "The kernel that the code runs in, such as `//kmod_rules:kernel`.",
    ),
    "libstdcxx": attr.label(
        allow_single_file = True,
        mandatory = True,
        doc = "The tree with libstdc++ 14's headers, such as `@kmod_freestanding_libstdcxx//:root`: a source directory.",
    ),
})
