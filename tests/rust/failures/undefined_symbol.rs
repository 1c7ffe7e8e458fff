// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

extern "C" {
    fn no_such_function() -> i32;
}

#[no_mangle]
pub extern "C" fn call_it() -> i32 {
    caller()
}

#[inline(never)]
fn caller() -> i32 {
    // SAFETY: the module is never linked.
    unsafe { no_such_function() }
}
