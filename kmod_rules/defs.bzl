# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The public rules of rules_kmod. Load everything from this file; private/ may change at any time."""

load("//kmod_rules:providers.bzl", _KernelInfo = "KernelInfo", _KernelModuleInfo = "KernelModuleInfo")
load("//kmod_rules/private/kernel:kernel_config_setting.bzl", _kernel_config = "kernel_config")
load("//kmod_rules/private/kernel:stock_module.bzl", _stock_module = "stock_module")
load("//kmod_rules/private/module:kernel_c_library.bzl", _kernel_c_library = "kernel_c_library")
load("//kmod_rules/private/module:kernel_config_header.bzl", _kernel_config_header = "kernel_config_header")
load("//kmod_rules/private/module:kernel_module.bzl", _kernel_module = "kernel_module")
load("//kmod_rules/private/module:kernel_module_from_kbuild.bzl", _kernel_module_from_kbuild = "kernel_module_from_kbuild")
load("//kmod_rules/private/module:module_parameter.bzl", _module_parameter = "module_parameter")
load("//kmod_rules/private/module/import:kernel_module_import.bzl", _kernel_module_import = "kernel_module_import")
load("//kmod_rules/private/module/set:kernel_module_set.bzl", _kernel_module_set = "kernel_module_set")
load("//kmod_rules/private/rust:kernel_rust_library.bzl", _kernel_rust_library = "kernel_rust_library")
load("//kmod_rules/private/rust:rust_unit_test.bzl", _rust_unit_test = "rust_unit_test")
load("//kmod_rules/private/vm:kernel_module_test.bzl", _kernel_module_test = "kernel_module_test")
load("//kmod_rules/private/vm:kernel_vm.bzl", _kernel_vm = "kernel_vm")

KernelInfo = _KernelInfo
KernelModuleInfo = _KernelModuleInfo
kernel_c_library = _kernel_c_library
kernel_config = _kernel_config
kernel_config_header = _kernel_config_header
kernel_module = _kernel_module
kernel_module_from_kbuild = _kernel_module_from_kbuild
kernel_module_import = _kernel_module_import
kernel_module_set = _kernel_module_set
kernel_module_test = _kernel_module_test
kernel_rust_library = _kernel_rust_library
kernel_vm = _kernel_vm
module_parameter = _module_parameter
rust_unit_test = _rust_unit_test
stock_module = _stock_module
