// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! What a panic does in a kernel: it prints its message and ends in BUG, as a failed assertion of C++
//! does. The thread dies, and nothing is unwound: locks stay taken, and destructors do not run.

#![no_std]

use core::ffi::{c_char, CStr};
use core::fmt::Write;
use core::panic::PanicInfo;
use core::sync::atomic::{AtomicBool, Ordering};

use kmod_text::CText;

extern "C" {
    fn kmod_bug(what: *const c_char) -> !;
}

fn bug(what: &CStr) -> ! {
    // SAFETY: kmod_bug() takes any text, in any context.
    unsafe { kmod_bug(what.as_ptr()) }
}

static PANICS: AtomicBool = AtomicBool::new(false);

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    // A message can panic where it is formatted.
    if PANICS.swap(true, Ordering::Relaxed) {
        bug(c"panicked again while a panic was reported");
    }
    let mut what = CText::<512>::new();
    // CText takes what fits, and has no errors.
    let _ = match info.location() {
        Some(at) => write!(what, "panicked at {}:{}: {}", at.file(), at.line(), info.message()),
        None => write!(what, "panicked: {}", info.message()),
    };
    PANICS.store(false, Ordering::Relaxed);
    bug(what.as_c_str())
}
