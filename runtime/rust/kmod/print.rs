// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The kernel's log:
//!
//! ```ignore
//! pr_info!("{} sectors of {}\n", count, name);
//! ```
//!
//! prints "mymodule: 512 sectors of sda". The format is Rust's own. One that does not end in a newline
//! does not compile, because the kernel holds an open line back.
//!
//! core's formatting takes 10 KB of a module. Where a format has no braces but `{}`, and all arguments
//! are [`Plain`], the compiler makes a format of printk() of it, and the module does without.
//!
//! Context: any.

use core::ffi::{c_int, CStr};
use core::fmt;

use crate::charp::Charp;
use crate::errno::Errno;
use crate::log::{print_words, Line};

/// A value that printk() prints itself, as core would.
pub trait Plain {
    /// Takes two words.
    const CONVERSION: &'static str;

    /// The precision, and the value or the address of a text.
    fn words(&self) -> (c_int, u64);
}

macro_rules! plain_integers {
    ($conversion:literal, $wide:ty: $($type:ty)+) => {
        $(impl Plain for $type {
            const CONVERSION: &'static str = $conversion;

            #[inline(always)]
            fn words(&self) -> (c_int, u64) {
                (1, *self as $wide as u64)
            }
        })+
    };
}

plain_integers!("%.*lld", i64: i8 i16 i32 i64 isize);
plain_integers!("%.*llu", u64: u8 u16 u32 u64 usize);

// What printk() takes for the precision of a text.
const LONGEST_TEXT: c_int = i16::MAX as c_int;

const TEXT: &str = "%.*s";

/// Up to its first 0.
impl Plain for str {
    const CONVERSION: &'static str = TEXT;

    #[inline(always)]
    fn words(&self) -> (c_int, u64) {
        let length = self.len() as u64;
        let longest = LONGEST_TEXT as u64;
        ((if length < longest { length } else { longest }) as c_int, self.as_ptr() as u64)
    }
}

impl Plain for bool {
    const CONVERSION: &'static str = TEXT;

    #[inline(always)]
    fn words(&self) -> (c_int, u64) {
        (if *self { "true" } else { "false" }).words()
    }
}

impl Plain for Charp {
    const CONVERSION: &'static str = TEXT;

    #[inline(always)]
    fn words(&self) -> (c_int, u64) {
        (LONGEST_TEXT, CStr::as_ptr(self) as u64)
    }
}

impl Plain for Errno {
    const CONVERSION: &'static str = <i32 as Plain>::CONVERSION;

    #[inline(always)]
    fn words(&self) -> (c_int, u64) {
        self.to_return().words()
    }
}

impl<T: Plain + ?Sized> Plain for &T {
    const CONVERSION: &'static str = T::CONVERSION;

    #[inline(always)]
    fn words(&self) -> (c_int, u64) {
        (**self).words()
    }
}

/// The arguments of a message, all of them plain.
pub trait PlainTuple {
    const CONVERSIONS: &'static [&'static str];

    /// Prints them by a format of printk(), which fits.
    fn print(&self, format: &'static CStr);
}

macro_rules! plain_tuple {
    ($($type:ident $index:tt),*) => {
        impl<$($type: Plain),*> PlainTuple for ($($type,)*) {
            const CONVERSIONS: &'static [&'static str] = &[$($type::CONVERSION),*];

            #[inline(always)]
            fn print(&self, format: &'static CStr) {
                print_words!(format $(, self.$index.words().0, self.$index.words().1)*);
            }
        }
    };
}

plain_tuple!();
plain_tuple!(A 0);
plain_tuple!(A 0, B 1);
plain_tuple!(A 0, B 1, C 2);
plain_tuple!(A 0, B 1, C 2, D 3);
plain_tuple!(A 0, B 1, C 2, D 3, E 4);
plain_tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
plain_tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
plain_tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// The level and the format of one message.
pub trait Message {
    /// The digit of KERN_EMERG to KERN_DEBUG.
    const LEVEL: u8;
    const FORMAT: &'static str;
}

/// The arguments of a message. Of the next two traits, the compiler takes the first that fits.
pub struct Given<T>(pub T);

pub trait PrintPlain<M> {
    fn print(&self, message: M, arguments: fmt::Arguments<'_>);
}

impl<M: Message, T: PlainTuple> PrintPlain<M> for Given<T> {
    #[inline(always)]
    fn print(&self, _: M, arguments: fmt::Arguments<'_>) {
        if const { is_simple(M::FORMAT, T::CONVERSIONS.len()) } {
            self.0.print(const { Translated::<M, T>::FORMAT });
        } else {
            print(M::LEVEL, arguments);
        }
    }
}

pub trait PrintFormatted<M> {
    fn print(&self, message: M, arguments: fmt::Arguments<'_>);
}

impl<M: Message, T> PrintFormatted<M> for &Given<T> {
    #[inline(always)]
    fn print(&self, _: M, arguments: fmt::Arguments<'_>) {
        print(M::LEVEL, arguments);
    }
}

/// Prints any message.
pub fn print(level: u8, arguments: fmt::Arguments<'_>) {
    // Only a value that refuses to be printed is an error.
    let _ = fmt::Write::write_fmt(&mut Line::new(level), arguments);
}

/// Says whether a format ends its line.
pub const fn ends_line(format: &str) -> bool {
    matches!(format.as_bytes(), [.., b'\n'])
}

/// Says whether a format has no braces but those of `{}`, one for each of `count` arguments.
pub const fn is_simple(format: &str, count: usize) -> bool {
    let mut rest = format.as_bytes();
    let mut found = 0;
    loop {
        rest = match rest {
            [] => return found == count,
            [b'{', b'}', rest @ ..] => {
                found += 1;
                rest
            }
            // printk() would end there.
            [b'{' | b'}' | 0, ..] => return false,
            [_, rest @ ..] => rest,
        };
    }
}

/// A format of printk() in the making, at compile time.
struct Translation<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Translation<N> {
    const fn push(&mut self, byte: u8) {
        // A translation of no length only counts.
        if self.length < N {
            self.bytes[self.length] = byte;
        }
        self.length += 1;
    }

    const fn push_text(&mut self, mut text: &[u8]) {
        while let [first, rest @ ..] = text {
            self.push(*first);
            text = rest;
        }
    }
}

/// Makes a format of printk() of a simple one: the level, the module's name and what follows.
const fn translate<const N: usize>(
    level: u8,
    format: &str,
    conversions: &[&str],
) -> Translation<N> {
    let mut made = Translation { bytes: [0; N], length: 0 };
    made.push(1);
    made.push(level);
    made.push_text(b"%s: ");
    let mut rest = format.as_bytes();
    let mut conversion = 0;
    loop {
        rest = match rest {
            [] => break,
            [b'{', b'}', rest @ ..] => {
                made.push_text(conversions[conversion].as_bytes());
                conversion += 1;
                rest
            }
            [b'%', rest @ ..] => {
                made.push_text(b"%%");
                rest
            }
            [byte, rest @ ..] => {
                made.push(*byte);
                rest
            }
        };
    }
    made.push(0);
    made
}

/// The format of a message in a constant with room for it: the compiler emits only the one that is used.
struct Translated<M, T>(M, T);

impl<M: Message, T: PlainTuple> Translated<M, T> {
    const LENGTH: usize = translate::<0>(M::LEVEL, M::FORMAT, T::CONVERSIONS).length;
    const BYTES_32: [u8; 32] = translate(M::LEVEL, M::FORMAT, T::CONVERSIONS).bytes;
    const BYTES_64: [u8; 64] = translate(M::LEVEL, M::FORMAT, T::CONVERSIONS).bytes;
    const BYTES_128: [u8; 128] = translate(M::LEVEL, M::FORMAT, T::CONVERSIONS).bytes;
    const BYTES_1024: [u8; 1024] = translate(M::LEVEL, M::FORMAT, T::CONVERSIONS).bytes;

    const FORMAT: &'static CStr = {
        let bytes: &'static [u8] = if Self::LENGTH <= 32 {
            &Self::BYTES_32
        } else if Self::LENGTH <= 64 {
            &Self::BYTES_64
        } else if Self::LENGTH <= 128 {
            &Self::BYTES_128
        } else {
            assert!(
                Self::LENGTH <= 1024,
                "the kernel prints at most 1024 bytes at once: print several messages"
            );
            &Self::BYTES_1024
        };
        match CStr::from_bytes_until_nul(bytes) {
            Ok(format) => format,
            Err(_) => panic!("a format has a 0 at its end"),
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! print_line {
    // Arguments with names are for core.
    ($level:literal, $format:literal, $name:ident = $($rest:tt)+) => {{
        const { $crate::check_line($format) };
        $crate::print($level, core::format_args!($format, $name = $($rest)+));
    }};
    ($level:literal, $format:literal $(, $argument:expr)* $(,)?) => {{
        const { $crate::check_line($format) };
        struct Message;
        impl $crate::Message for Message {
            const LEVEL: u8 = $level;
            const FORMAT: &'static str = $format;
        }
        #[allow(unused_imports)]
        use $crate::{PrintFormatted as _, PrintPlain as _};
        (&$crate::Given(($(&$argument,)*))).print(Message, core::format_args!($format $(, $argument)*));
    }};
}

/// A format that does not end its line does not compile.
pub const fn check_line(format: &str) {
    assert!(ends_line(format), "the format has to end in \\n: the kernel holds an open line back");
}

/// Prints at level emerg.
#[macro_export]
macro_rules! pr_emerg { ($($format:tt)+) => { $crate::print_line!(b'0', $($format)+) }; }
/// Prints at level alert.
#[macro_export]
macro_rules! pr_alert { ($($format:tt)+) => { $crate::print_line!(b'1', $($format)+) }; }
/// Prints at level crit.
#[macro_export]
macro_rules! pr_crit { ($($format:tt)+) => { $crate::print_line!(b'2', $($format)+) }; }
/// Prints at level err.
#[macro_export]
macro_rules! pr_err { ($($format:tt)+) => { $crate::print_line!(b'3', $($format)+) }; }
/// Prints at level warning.
#[macro_export]
macro_rules! pr_warn { ($($format:tt)+) => { $crate::print_line!(b'4', $($format)+) }; }
/// Prints at level notice.
#[macro_export]
macro_rules! pr_notice { ($($format:tt)+) => { $crate::print_line!(b'5', $($format)+) }; }
/// Prints at level info.
#[macro_export]
macro_rules! pr_info { ($($format:tt)+) => { $crate::print_line!(b'6', $($format)+) }; }
/// Prints at level debug.
#[macro_export]
macro_rules! pr_debug { ($($format:tt)+) => { $crate::print_line!(b'7', $($format)+) }; }

#[cfg(test)]
mod tests {
    use super::*;
    use core::ffi::c_char;
    use std::string::String;

    extern "C" {
        fn snprintf(to: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
    }

    // What printk() makes of one argument.
    fn printed<T: Plain + ?Sized>(value: &T) -> String {
        let format = translate::<64>(b'6', "<{}>", &[T::CONVERSION]).bytes;
        let mut text = [0u8; 128];
        let (precision, word) = value.words();
        // SAFETY: the format fits the arguments.
        unsafe {
            let to = text.as_mut_ptr().cast();
            snprintf(to, text.len(), format.as_ptr().cast(), c"m".as_ptr(), precision, word);
        }
        CStr::from_bytes_until_nul(&text).unwrap().to_str().unwrap().into()
    }

    #[test]
    fn braces_alone_are_simple() {
        assert!(is_simple("a {} b {}\n", 2));
        assert!(is_simple("no argument\n", 0));
        for format in ["{:x}\n", "{name}\n", "{{}}\n", "{0}\n", "}\n", "{", "\0{}"] {
            assert!(!is_simple(format, 1), "{format}");
        }
        assert!(!is_simple("{}\n", 0));
        assert!(!is_simple("{}\n", 2));
    }

    #[test]
    fn line_ends_in_a_newline() {
        assert!(ends_line("a\n"));
        assert!(!ends_line("a\n "));
        assert!(!ends_line(""));
    }

    #[test]
    fn simple_format_becomes_that_of_printk() {
        let made = translate::<64>(b'3', "{}% of {}\n", &["%.*lld", "%.*s"]);
        assert_eq!(&made.bytes[..made.length], b"\x013%s: %.*lld%% of %.*s\n\0");
        assert_eq!(translate::<0>(b'3', "{}% of {}\n", &["%.*lld", "%.*s"]).length, made.length);
    }

    #[test]
    fn plain_values_are_as_core_prints_them() {
        macro_rules! same {
            ($($value:expr),+) => {
                $(assert_eq!(printed(&$value), format!("\x016m: <{}>", $value));)+
            };
        }
        same!(0, 7u8, -7i8, i64::MIN, i64::MAX, u64::MAX, isize::MIN, usize::MAX, u16::MAX);
        same!(true, false, "text", &"text", String::from("text").as_str(), "");
        same!(Errno::ENOMEM, Errno::check(-4000).unwrap_err());
        // SAFETY: a constant.
        same!(unsafe { Charp::from_ptr(c"sda".as_ptr()) });
    }

    #[test]
    fn any_format_prints() {
        let width = 4;
        pr_info!("plain\n");
        pr_info!("{} and {}\n", 1, "two");
        pr_info!("{} and {}\n", 'x', String::from("text"));
        pr_info!("{:>width$x} {{}}\n", 255);
        pr_info!("{number}\n", number = 3);
        pr_info!("{width}\n",);
    }
}
