# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""Transitions to the configuration of code for a kernel, and of that kernel's image."""

_KERNEL = str(Label("//kmod_rules:kernel"))
_KERNEL_IMAGE = str(Label("//kmod_rules:kernel_image"))
_KERNEL_DRIVERS = str(Label("//kmod_rules:kernel_drivers"))
_PLATFORMS = "//command_line_option:platforms"
_KERNEL_PLATFORM = str(Label("//toolchains:kernel_x86_64"))

def _chosen_kernel(settings, attr):
    return attr.kernel or settings[_KERNEL]

def _in_kernel_impl(settings, attr):
    return {
        _KERNEL: _chosen_kernel(settings, attr),
        _PLATFORMS: _KERNEL_PLATFORM,
    }

# For the libraries of a module: builds them for the platform of the module's kernel, so that toolchain
# resolution picks the freestanding toolchain with that kernel's flags.
in_kernel = transition(
    implementation = _in_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL, _PLATFORMS],
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
    return {_KERNEL_IMAGE: _chosen_kernel(settings, attr).relative(":image")}

# For the image of the kernel that is booted.
image_of_kernel = transition(
    implementation = _image_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_IMAGE],
)

def _drivers_of_kernel_impl(settings, attr):
    return {_KERNEL_DRIVERS: _chosen_kernel(settings, attr).relative(":drivers")}

# For the modules that the booted kernel needs to share folders.
drivers_of_kernel = transition(
    implementation = _drivers_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_DRIVERS],
)
