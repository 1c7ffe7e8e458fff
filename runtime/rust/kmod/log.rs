// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Where messages go: to printk() in a kernel, to standard error on the host.

#[cfg(target_os = "none")]
mod target {
    use core::ffi::{c_char, c_int, CStr};
    use core::fmt;

    use kmod_text::{Pieces, Take};

    extern "C" {
        pub fn kmod_printk(format: *const c_char, ...) -> c_int;
        // An array of the module's generated C file.
        pub static kmod_module_name: c_char;
    }

    // Its second byte is the level.
    const FIRST_FORMAT: [u8; 12] = *b"\x01?%s: %.*s\0\0";

    // KERN_CONT: the text belongs to the line before.
    const NEXT_FORMAT: &CStr = c"\x01c%.*s";

    struct Printk {
        level: u8,
        first: bool,
    }

    impl Take for Printk {
        fn take(&mut self, piece: &[u8]) {
            let length = piece.len() as c_int;
            let text = piece.as_ptr();
            // SAFETY: the formats fit the arguments, and printk() takes them in any context.
            unsafe {
                if self.first {
                    let mut format = FIRST_FORMAT;
                    format[1] = self.level;
                    kmod_printk(format.as_ptr().cast(), &raw const kmod_module_name, length, text);
                } else {
                    kmod_printk(NEXT_FORMAT.as_ptr(), length, text);
                }
            }
            self.first = false;
        }
    }

    /// A message, printed in pieces that the stack has room for, the last one when it is dropped.
    pub struct Line(Pieces<256, Printk>);

    impl Line {
        pub fn new(level: u8) -> Line {
            Line(Pieces::new(Printk { level, first: true }))
        }
    }

    impl fmt::Write for Line {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }

    /// Prints by a format of printk() and the words that it asks for.
    macro_rules! print_words {
        ($format:expr $(, $word:expr)*) => {
            // SAFETY: the format is made for these arguments, and printk() takes them in any context.
            unsafe {
                $crate::log::kmod_printk(
                    $format.as_ptr(),
                    &raw const $crate::log::kmod_module_name
                    $(, $word)*
                );
            }
        };
    }
    pub(crate) use print_words;
}

#[cfg(not(target_os = "none"))]
mod target {
    use core::ffi::{c_char, c_int, CStr};
    use core::fmt;
    use std::io::Write;
    use std::vec::Vec;

    extern "C" {
        pub fn snprintf(to: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
    }

    /// A message, written at once when it is dropped, as the kernel prints one line.
    pub struct Line(Vec<u8>);

    impl Line {
        pub fn new(_: u8) -> Line {
            Line(Vec::new())
        }

        /// Writes what snprintf() made of a format for printk(), without its level.
        pub fn print_formatted(text: &CStr) {
            Line(text.to_bytes().get(2..).unwrap_or_default().to_vec());
        }
    }

    impl Drop for Line {
        fn drop(&mut self) {
            // Nobody would read what is wrong with standard error.
            let _ = std::io::stderr().write_all(&self.0);
        }
    }

    impl fmt::Write for Line {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }

    macro_rules! print_words {
        ($format:expr $(, $word:expr)*) => {{
            let mut text = [0u8; 1024];
            // SAFETY: the format is made for these arguments.
            unsafe {
                $crate::log::snprintf(
                    text.as_mut_ptr().cast(),
                    text.len(),
                    $format.as_ptr(),
                    c"test".as_ptr()
                    $(, $word)*
                );
            }
            $crate::log::Line::print_formatted(
                core::ffi::CStr::from_bytes_until_nul(&text).unwrap_or_default(),
            );
        }};
    }
    pub(crate) use print_words;
}

pub(crate) use target::*;
