// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

use kmod::{Module, Result};

struct Empty;

impl Module for Empty {
    fn create() -> Result<Self> {
        Ok(Empty)
    }
}

kmod::module!(Empty);
