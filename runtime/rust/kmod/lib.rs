// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! What Rust has of a kernel: its log, errors, parameters, allocations that can fail, and the module
//! itself. Everything else is C: see docs/rust.md for how to call it.
//!
//! In a unit test on the host, the log is standard error, and the module is called "test".

#![cfg_attr(target_os = "none", no_std)]
#![feature(allocator_api, vec_push_within_capacity)]

extern crate alloc;

mod allocation;
mod charp;
mod errno;
mod log;
mod module;
mod parameter;
mod print;

pub use allocation::{try_box, try_collect, TryPush};
pub use charp::Charp;
pub use errno::{Errno, Result};
pub use module::Module;
pub use print::Plain;

// For the macros only.
#[doc(hidden)]
pub use module::Slot;
#[doc(hidden)]
pub use print::{check_line, print, Given, Message, PrintFormatted, PrintPlain};
