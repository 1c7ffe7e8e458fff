// SPDX-License-Identifier: MIT OR GPL-2.0-only

#![no_std]

pub fn greet() {
    kmod::pr_info!("hello");
}
