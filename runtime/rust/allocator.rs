// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The functions that alloc calls, over the kernel's own allocator.
//!
//! Context: an allocation may sleep; memory is freed in any context but NMI.

#![no_std]

use core::ffi::c_void;

extern "C" {
    // Resizes memory, or allocates some if it is null.
    fn kmod_rust_allocate(memory: *mut c_void, size: usize, zero: bool) -> *mut c_void;
    fn kfree(memory: *const c_void);
}

/// What kmalloc() aligns any size to. A size that is a power of two is aligned to itself.
const ALIGNMENT: usize = 8;

/// The size to ask for, so that the memory is aligned; 0 if there is none.
const fn aligned_size(size: usize, align: usize) -> usize {
    if align <= ALIGNMENT {
        return size;
    }
    let least = if size > align { size } else { align };
    match least.checked_next_power_of_two() {
        Some(size) => size,
        None => 0,
    }
}

// Code that was compiled with alloc refers to it, so that nothing is linked without an allocator.
#[no_mangle]
static __rust_no_alloc_shim_is_unstable: u8 = 0;

// SAFETY of all: alloc passes sizes of a Layout, which is not 0, and memory that came from here.

#[inline(always)]
unsafe fn allocate(memory: *mut u8, size: usize, align: usize, zero: bool) -> *mut u8 {
    match aligned_size(size, align) {
        0 => core::ptr::null_mut(),
        size => unsafe { kmod_rust_allocate(memory.cast(), size, zero) }.cast(),
    }
}

#[no_mangle]
unsafe fn __rust_alloc(size: usize, align: usize) -> *mut u8 {
    unsafe { allocate(core::ptr::null_mut(), size, align, false) }
}

#[no_mangle]
unsafe fn __rust_alloc_zeroed(size: usize, align: usize) -> *mut u8 {
    unsafe { allocate(core::ptr::null_mut(), size, align, true) }
}

#[no_mangle]
unsafe fn __rust_realloc(memory: *mut u8, _: usize, align: usize, size: usize) -> *mut u8 {
    unsafe { allocate(memory, size, align, false) }
}

#[no_mangle]
unsafe fn __rust_dealloc(memory: *mut u8, _: usize, _: usize) {
    unsafe { kfree(memory.cast()) }
}
