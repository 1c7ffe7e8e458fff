// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Reads a parameter that the build rule's `parameters` attribute defines.

/// Declares a function that reads the parameter of that name:
///
/// ```ignore
/// kmod::parameter!(int, times);
/// …
/// if times() > 16 { … }
/// ```
///
/// beside, in BUILD.bazel,
///
/// ```ignore
/// parameters = {"times": module_parameter("int", default = 1)},
/// ```
///
/// The type is the kernel's word: byte, short, ushort, int, uint, long, ulong, charp or bool. A
/// parameter that the rule lacks, or has with another type, does not link.
///
/// Each read is one load: a parameter that root may write at run time can differ from one read to the
/// next. A charp is only valid until then, as the kernel frees the old string.
///
/// Context: any.
#[macro_export]
macro_rules! parameter {
    (byte, $name:ident) => { $crate::parameter!(@read "byte", u8, $name); };
    (short, $name:ident) => { $crate::parameter!(@read "short", i16, $name); };
    (ushort, $name:ident) => { $crate::parameter!(@read "ushort", u16, $name); };
    (int, $name:ident) => { $crate::parameter!(@read "int", i32, $name); };
    (uint, $name:ident) => { $crate::parameter!(@read "uint", u32, $name); };
    (long, $name:ident) => { $crate::parameter!(@read "long", i64, $name); };
    (ulong, $name:ident) => { $crate::parameter!(@read "ulong", u64, $name); };
    (bool, $name:ident) => { $crate::parameter!(@read "bool", bool, $name); };
    (charp, $name:ident) => {
        fn $name() -> $crate::Charp {
            $crate::parameter!(@read "charp", *const core::ffi::c_char, $name);
            // SAFETY: the kernel's strings end in 0.
            unsafe { $crate::Charp::from_ptr($name()) }
        }
    };
    (@read $kind:literal, $type:ty, $name:ident) => {
        fn $name() -> $type {
            extern "C" {
                #[link_name = concat!("kmod_param_", $kind, "_", stringify!($name))]
                static PARAMETER: $type;
            }
            // SAFETY: the module's generated C file defines it with this type.
            unsafe { core::ptr::read_volatile(&raw const PARAMETER) }
        }
    };
}
