// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

extern "C" fn construct() {}

// What crates such as ctor make.
#[used]
#[link_section = ".init_array"]
static CONSTRUCTOR: extern "C" fn() = construct;

#[no_mangle]
pub fn use_it() -> bool {
    core::ptr::addr_of!(CONSTRUCTOR).is_aligned()
}
