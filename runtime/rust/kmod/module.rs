// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Makes a type the module.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use crate::Result;

/// The module: insmod makes one, and rmmod drops it.
///
/// It is moved once, to where it stays: what the kernel is to point at belongs into a box.
pub trait Module: Sized + Send + Sync + 'static {
    /// Called by insmod, which fails with the error. Context: process context that may sleep.
    fn create() -> Result<Self>;
}

/// The place of the module. A kernel runs no destructors of statics, and this has none.
#[doc(hidden)]
pub struct Slot<M>(UnsafeCell<MaybeUninit<M>>);

// SAFETY: init() and exit() have it alone, and the module itself is Sync.
unsafe impl<M: Module> Sync for Slot<M> {}

impl<M: Module> Slot<M> {
    pub const fn new() -> Self {
        Slot(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// Returns 0, or a negative errno with nothing left behind.
    ///
    /// # Safety
    ///
    /// The module loader calls it once before each exit().
    #[inline(always)]
    pub unsafe fn init(&self) -> i32 {
        match M::create() {
            Ok(module) => {
                // SAFETY: nobody else has the place now.
                unsafe { (*self.0.get()).write(module) };
                0
            }
            Err(error) => error.to_return(),
        }
    }

    /// # Safety
    ///
    /// Only after an init() that returned 0.
    #[inline(always)]
    pub unsafe fn exit(&self) {
        // SAFETY: init() has written it.
        unsafe { (*self.0.get()).assume_init_drop() }
    }
}

impl<M: Module> Default for Slot<M> {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes a type that is a [`Module`] the module. Once in a module.
///
/// ```ignore
/// kmod::module!(Hello);
/// ```
#[macro_export]
macro_rules! module {
    ($type:ty) => {
        #[cfg(target_os = "none")]
        const _: () = {
            static SLOT: $crate::Slot<$type> = $crate::Slot::new();

            // The names that the module loader looks for, in the sections of __init and __exit.
            #[no_mangle]
            #[link_section = ".init.text"]
            extern "C" fn init_module() -> i32 {
                // SAFETY: the module loader is who calls it.
                unsafe { SLOT.init() }
            }

            #[no_mangle]
            #[link_section = ".exit.text"]
            extern "C" fn cleanup_module() {
                // SAFETY: the same; init_module() has returned 0.
                unsafe { SLOT.exit() }
            }
        };
        // On the host there is no loader; the type is checked all the same.
        #[cfg(not(target_os = "none"))]
        const _: $crate::Slot<$type> = $crate::Slot::new();
    };
}
