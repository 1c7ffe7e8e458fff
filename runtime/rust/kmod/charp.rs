// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The kernel's strings.

use core::ffi::{c_char, CStr};
use core::fmt;
use core::ops::Deref;

/// A string of the kernel that outlives the module's use of it, such as a parameter of type charp.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Charp(&'static CStr);

impl Charp {
    /// Takes a pointer of C; null is the empty string.
    ///
    /// # Safety
    ///
    /// The string ends in 0, and stays as it is.
    pub unsafe fn from_ptr(text: *const c_char) -> Charp {
        if text.is_null() {
            return Charp(c"");
        }
        // SAFETY: as above.
        Charp(unsafe { CStr::from_ptr(text) })
    }
}

impl Deref for Charp {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        self.0
    }
}

/// Bytes that are not UTF-8 become U+FFFD.
impl fmt::Display for Charp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.to_bytes().utf8_chunks() {
            formatter.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                formatter.write_str("\u{fffd}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_empty() {
        // SAFETY: null is allowed.
        let text = unsafe { Charp::from_ptr(core::ptr::null()) };
        assert!(text.is_empty());
    }

    #[test]
    fn bytes_that_are_no_text_show() {
        // SAFETY: a constant.
        let text = unsafe { Charp::from_ptr(c"a\xffb".as_ptr()) };
        assert_eq!(std::format!("{text}"), "a\u{fffd}b");
    }
}
