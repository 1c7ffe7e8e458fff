// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Reads beyond the end of an array, or overflows.

#![no_std]

use kmod::{Module, Result};

kmod::parameter!(int, index);
kmod::parameter!(int, most);

struct RustPanic;

const LEVELS: [i32; 3] = [1, 2, i32::MAX];

#[inline(never)]
fn level_of(index: usize) -> i32 {
    LEVELS[index]
}

impl Module for RustPanic {
    fn create() -> Result<Self> {
        let level = level_of(usize::try_from(index())?);
        kmod::pr_info!("level {:?}, and one more {}\n", level, level + most());
        Ok(RustPanic)
    }
}

kmod::module!(RustPanic);
