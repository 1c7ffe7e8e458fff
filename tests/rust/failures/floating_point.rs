// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

#[no_mangle]
pub fn scale(value: i32) -> i32 {
    half_more(value)
}

#[inline(never)]
fn half_more(value: i32) -> i32 {
    (value as f32 * 1.5) as i32
}
