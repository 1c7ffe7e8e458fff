// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The kernel's error numbers.

use core::num::NonZeroI32;
use core::{fmt, result};

/// Why the kernel refused something: what C returns as -ENOMEM.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Errno(NonZeroI32);

/// What a function returns that can fail.
pub type Result<T = ()> = result::Result<T, Errno>;

macro_rules! errno_list {
    ($($name:ident = $number:literal,)*) => {
        #[allow(missing_docs)]
        impl Errno {
            $(pub const $name: Errno = Errno::of($number);)*

            /// Returns the name that C has for the number, such as "ENOMEM".
            pub const fn name(self) -> Option<&'static str> {
                match self.0.get() {
                    $($number => Some(stringify!($name)),)*
                    _ => None,
                }
            }
        }
    };
}

// In the order of runtime/shim/errno_list.h; a test compares both.
errno_list! {
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EINTR = 4,
    EIO = 5,
    ENXIO = 6,
    E2BIG = 7,
    ENOEXEC = 8,
    EBADF = 9,
    ECHILD = 10,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EBUSY = 16,
    EEXIST = 17,
    EXDEV = 18,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    ENFILE = 23,
    EMFILE = 24,
    ENOTTY = 25,
    EFBIG = 27,
    ENOSPC = 28,
    ESPIPE = 29,
    EROFS = 30,
    EPIPE = 32,
    EDOM = 33,
    ERANGE = 34,
    EDEADLK = 35,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    ENODATA = 61,
    EPROTO = 71,
    EBADMSG = 74,
    EOVERFLOW = 75,
    EMSGSIZE = 90,
    EOPNOTSUPP = 95,
    EADDRINUSE = 98,
    ENOBUFS = 105,
    ETIMEDOUT = 110,
    EALREADY = 114,
    ECANCELED = 125,
    ERESTARTSYS = 512,
}

impl Errno {
    const fn of(number: i32) -> Errno {
        match NonZeroI32::new(number) {
            Some(number) => Errno(number),
            None => panic!("0 is no error"),
        }
    }

    /// Takes what a function of C returned: 0 or a positive value is its result, a negative one an error.
    pub const fn check(returned: i32) -> Result<i32> {
        if returned >= 0 {
            Ok(returned)
        } else {
            Err(Errno::of(returned.wrapping_neg()))
        }
    }

    /// Returns what a function of C returns for it: -12 for ENOMEM.
    #[inline(always)]
    pub const fn to_return(self) -> i32 {
        self.0.get().wrapping_neg()
    }
}

/// The name, such as ENOMEM, or the number of an error without one.
impl fmt::Debug for Errno {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => formatter.write_str(name),
            None => fmt::Display::fmt(&self.0, formatter),
        }
    }
}

/// The number, as C prints what a function returned: -12.
impl fmt::Display for Errno {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_return(), formatter)
    }
}

impl From<alloc::collections::TryReserveError> for Errno {
    fn from(_: alloc::collections::TryReserveError) -> Errno {
        Errno::ENOMEM
    }
}

impl From<core::alloc::AllocError> for Errno {
    fn from(_: core::alloc::AllocError) -> Errno {
        Errno::ENOMEM
    }
}

impl From<core::num::TryFromIntError> for Errno {
    fn from(_: core::num::TryFromIntError) -> Errno {
        Errno::EINVAL
    }
}

impl From<core::str::Utf8Error> for Errno {
    fn from(_: core::str::Utf8Error) -> Errno {
        Errno::EINVAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_returns_are_errors() {
        assert_eq!(Errno::check(-12), Err(Errno::ENOMEM));
        assert_eq!(Errno::check(0), Ok(0));
        assert_eq!(Errno::check(7), Ok(7));
    }

    #[test]
    fn least_number_is_an_error() {
        assert!(Errno::check(i32::MIN).is_err());
    }

    #[test]
    fn error_goes_back_as_it_came() {
        assert_eq!(Errno::EINVAL.to_return(), -22);
    }

    #[test]
    fn error_is_printed_as_c_has_it() {
        let text = std::format!("{} {:?} {:?}", Errno::EAGAIN, Errno::EAGAIN, Errno::of(999));
        assert_eq!(text, "-11 EAGAIN 999");
    }
}
