# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Transitions to the configuration of code for a kernel, and of that kernel's image."""

load("@bazel_skylib//lib:dicts.bzl", "dicts")
load("//kmod_rules/private/base:label_text.bzl", "sibling")
load(":build_options.bzl", "BUILD_OPTIONS", "kernel_build_options")
load(":kernel_toolchain.bzl", "TOOLCHAIN_SUFFIX")

_KERNEL = str(Label("//kmod_rules:kernel"))
_KERNEL_HEADERS = str(Label("//kmod_rules:kernel_headers"))
_KERNEL_IMAGE = str(Label("//kmod_rules:kernel_image"))
_KERNEL_MODULES = str(Label("//kmod_rules:kernel_modules"))
_KERNEL_OPTIONS = str(Label("//kmod_rules:kernel_options"))
_PLATFORMS = "//command_line_option:platforms"

def _chosen_kernel(settings, attr):
    kernel = getattr(attr, "kernel", None) or settings[_KERNEL]

    # Another transition can set the flag to a text.
    return Label(kernel) if type(kernel) == "string" else kernel

def platform_of(kernel):
    """Finds the platform of code for a kernel.

    Args:
      kernel: (Label) a kernel.

    Returns:
      (Label) the platform, in the repository of the kernel's toolchain. For a kernel in a package of its own, it
      is the target `platform` in the same package, as the image is the target `image`.
    """
    if kernel.workspace_root and not kernel.package:
        # As Bazel prints it, because the name can be canonical.
        repository = str(kernel).partition("//")[0]
        return Label("{}{}//:platform".format(repository, TOOLCHAIN_SUFFIX))
    return sibling(kernel, "platform")

def _in_kernel_impl(settings, attr):
    kernel = _chosen_kernel(settings, attr)
    return dicts.add(kernel_build_options(settings), {
        _KERNEL: kernel,
        _KERNEL_HEADERS: sibling(kernel, "headers"),
        _PLATFORMS: str(platform_of(kernel)),
    })

# For the libraries of a module: builds them for the platform of the module's kernel, so that toolchain
# resolution picks that kernel's toolchain. The platform has to differ between kernels: Bazel 4 resolves
# toolchains before it applies the flag of the kernel.
in_kernel = transition(
    implementation = _in_kernel_impl,
    inputs = [_KERNEL] + BUILD_OPTIONS,
    outputs = [_KERNEL, _KERNEL_HEADERS, _PLATFORMS] + BUILD_OPTIONS,
)

def _on_kernel_impl(settings, attr):
    return {_KERNEL: _chosen_kernel(settings, attr)}

# For modules that a running kernel loads. Without the attribute, the configuration does not change, so
# Bazel builds a module only once for a test and for the command line.
on_kernel = transition(
    implementation = _on_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL],
)

def _image_of_kernel_impl(settings, attr):
    # The image of a kernel is the target `image` in the same package.
    return {_KERNEL_IMAGE: sibling(_chosen_kernel(settings, attr), "image")}

# For the image of the kernel that is booted.
image_of_kernel = transition(
    implementation = _image_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_IMAGE],
)

def _modules_of_kernel_impl(settings, attr):
    return {_KERNEL_MODULES: sibling(_chosen_kernel(settings, attr), "modules")}

# For the modules of the booted kernel itself.
modules_of_kernel = transition(
    implementation = _modules_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_MODULES],
)

def _options_of_kernel_impl(settings, attr):
    return {_KERNEL_OPTIONS: sibling(_chosen_kernel(settings, attr), "options")}

# For the configuration of the chosen kernel.
options_of_kernel = transition(
    implementation = _options_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_OPTIONS],
)

# The attributes in which users write select().
_SELECTABLE = [
    "asflags",
    "copts",
    "defines",
    "deps",
    "export_hdrs",
    "exports",
    "exports_gpl",
    "file_copts",
    "import_ns",
    "includes",
    "local_defines",
    "module_deps",
    "parameters",
    "srcs",
    "textual_hdrs",
]

_SELECTABLE_OF_PROJECT = [
    "kbuild",
    "make_vars",
    "module_deps",
    "srcs",
]

_SELECTABLE_OF_IMPORT = [
    "ko",
    "module_deps",
    "symvers",
]

def _kernel_for_select(settings, attr, selectable):
    # Bazel 4 does not show an attribute with select() here.
    if getattr(attr, "kernel", None) and [name for name in selectable if not hasattr(attr, name)]:
        return {_KERNEL: _chosen_kernel(settings, attr)}
    return {_KERNEL: settings[_KERNEL]}

def _for_select_impl(settings, attr):
    return _kernel_for_select(settings, attr, _SELECTABLE)

# For a module with the attribute kernel: select() then asks that kernel. Without select(), the configuration
# does not change, so that the outputs are below bazel-bin.
for_select = transition(
    implementation = _for_select_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL],
)

def _for_select_of_project_impl(settings, attr):
    return _kernel_for_select(settings, attr, _SELECTABLE_OF_PROJECT)

# The same for kernel_module_from_kbuild.
for_select_of_project = transition(
    implementation = _for_select_of_project_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL],
)

def _for_select_of_import_impl(settings, attr):
    return _kernel_for_select(settings, attr, _SELECTABLE_OF_IMPORT)

# The same for kernel_module_import.
for_select_of_import = transition(
    implementation = _for_select_of_import_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL],
)
