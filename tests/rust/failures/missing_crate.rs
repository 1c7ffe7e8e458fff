// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

pub fn level() -> u32 {
    wave::level()
}
