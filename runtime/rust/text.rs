// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Formats text without an allocation and, as what panics needs it, without a panic.

#![cfg_attr(not(test), no_std)]

use core::ffi::CStr;
use core::fmt;

// Copies what fits, and returns how many bytes that is.
fn copy(text: &[u8], room: &mut [u8]) -> usize {
    let length = text.len().min(room.len());
    for (to, from) in room.iter_mut().zip(text) {
        *to = *from;
    }
    length
}

/// Text of at most `N - 1` bytes, which C can read. What does not fit is cut off at the end.
pub struct CText<const N: usize> {
    // The bytes from `length` on are 0.
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> CText<N> {
    /// Makes an empty text.
    pub const fn new() -> Self {
        assert!(N > 0, "the text has no room for the 0 at its end");
        CText { bytes: [0; N], length: 0 }
    }

    /// Returns the text up to its first 0.
    pub fn as_c_str(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.bytes).unwrap_or_default()
    }
}

impl<const N: usize> Default for CText<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> fmt::Write for CText<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.length..N - 1).unwrap_or_default();
        self.length += copy(text.as_bytes(), room);
        Ok(())
    }
}

/// Who gets the pieces of a text.
pub trait Take {
    /// Called for each piece, which is not empty.
    fn take(&mut self, piece: &[u8]);
}

/// Hands text on in pieces of at most `N` bytes, the last one when it is dropped.
pub struct Pieces<const N: usize, T: Take> {
    bytes: [u8; N],
    length: usize,
    to: T,
}

impl<const N: usize, T: Take> Pieces<N, T> {
    /// Starts a text.
    pub fn new(to: T) -> Self {
        Pieces { bytes: [0; N], length: 0, to }
    }

    /// Hands on what does not fit into the piece that is begun.
    pub fn write(&mut self, mut text: &[u8]) {
        while !text.is_empty() {
            if self.length == N {
                self.flush();
            }
            let room = self.bytes.get_mut(self.length..).unwrap_or_default();
            let length = copy(text, room);
            self.length += length;
            text = text.get(length..).unwrap_or_default();
        }
    }

    fn flush(&mut self) {
        if self.length > 0 {
            self.to.take(self.bytes.get(..self.length).unwrap_or_default());
        }
        self.length = 0;
    }
}

impl<const N: usize, T: Take> Drop for Pieces<N, T> {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::fmt::Write;

    impl Take for &mut Vec<Vec<u8>> {
        fn take(&mut self, piece: &[u8]) {
            self.push(piece.to_vec());
        }
    }

    fn pieces_of(texts: &[&str]) -> Vec<Vec<u8>> {
        let mut taken = Vec::new();
        let mut pieces = Pieces::<4, _>::new(&mut taken);
        for text in texts {
            pieces.write(text.as_bytes());
        }
        drop(pieces);
        taken
    }

    #[test]
    fn text_is_cut_off_at_its_end() {
        let mut text = CText::<6>::new();
        write!(text, "{}-{}", 12, "abcdef").unwrap();
        assert_eq!(text.as_c_str(), c"12-ab");
    }

    #[test]
    fn text_ends_at_a_zero_of_its_own() {
        let mut text = CText::<6>::new();
        text.write_str("a\0b").unwrap();
        assert_eq!(text.as_c_str(), c"a");
    }

    #[test]
    fn pieces_lose_nothing() {
        assert_eq!(pieces_of(&["ab", "cdefghi", ""]), [&b"abcd"[..], b"efgh", b"i"]);
    }

    #[test]
    fn full_piece_is_taken_once() {
        assert_eq!(pieces_of(&["abcd"]), [b"abcd"]);
        assert!(pieces_of(&[]).is_empty());
    }
}
