# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The configuration of code that runs inside a kernel."""

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

# For what becomes part of a module: builds it for the platform of the module's kernel, which makes
# toolchain resolution pick the freestanding toolchain with that kernel's flags.
in_kernel = transition(
    implementation = _in_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL, _PLATFORMS],
)

def _on_kernel_impl(settings, attr):
    return {_KERNEL: _chosen_kernel(settings, attr)}

# For modules that are loaded into a running kernel. Without an attribute, nothing changes, and Bazel
# builds a module for a test and for the command line only once.
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

# For the modules of its own that the kernel that is booted needs to share folders.
drivers_of_kernel = transition(
    implementation = _drivers_of_kernel_impl,
    inputs = [_KERNEL],
    outputs = [_KERNEL_DRIVERS],
)
