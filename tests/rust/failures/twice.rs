// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

#[no_mangle]
pub extern "C" fn wave_level() -> i32 {
    7
}
