// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! What C++ sees of a ring: history.h declares the functions.

#![cfg_attr(not(test), no_std)]

extern crate alloc;

use alloc::boxed::Box;
use core::ptr::null_mut;

use kmod::try_box;
use ring::Ring;

type History = Ring<u32, 4>;

extern "C" {
    // Of mean.cc.
    fn mean_of(values: *const u32, count: usize) -> u32;
}

#[no_mangle]
extern "C" fn history_create() -> *mut History {
    try_box(History::new()).map_or(null_mut(), Box::into_raw)
}

// SAFETY of all: C++ passes what history_create() returned, and nobody else has it meanwhile.

#[no_mangle]
unsafe extern "C" fn history_add(history: *mut History, value: u32) {
    unsafe { (*history).push(value) }
}

#[no_mangle]
unsafe extern "C" fn history_mean(history: *const History) -> u32 {
    let values = unsafe { (*history).values() };
    // SAFETY: the values are there for the call.
    unsafe { mean_of(values.as_ptr(), values.len()) }
}

#[no_mangle]
unsafe extern "C" fn history_kept(history: *const History) -> u32 {
    unsafe { (*history).values().len() as u32 }
}

#[no_mangle]
unsafe extern "C" fn history_came(history: *const History) -> u64 {
    unsafe { (*history).came() }
}

#[no_mangle]
unsafe extern "C" fn history_destroy(history: *mut History) {
    if !history.is_null() {
        drop(unsafe { Box::from_raw(history) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_is_of_the_last_values() {
        let history = history_create();
        // SAFETY: as C++ does it.
        unsafe {
            assert_eq!(history_mean(history), 0);
            for value in [1, 2, 20, 30, 40, 50] {
                history_add(history, value);
            }
            assert_eq!(history_kept(history), 4);
            assert_eq!(history_mean(history), 35);
            assert_eq!(history_came(history), 6);
            history_destroy(history);
            history_destroy(null_mut());
        }
    }
}
