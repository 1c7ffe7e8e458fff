// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! Allocations that can fail. Those of alloc that would panic are not there in a kernel.
//!
//! Context: process context that may sleep.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::{Errno, Result};

/// Moves a value into memory of its own. Errors: ENOMEM.
pub fn try_box<T>(value: T) -> Result<Box<T>> {
    Box::try_new(value).map_err(|_| Errno::ENOMEM)
}

/// Collects values into one allocation. Errors: ENOMEM.
#[inline]
pub fn try_collect<T>(values: impl ExactSizeIterator<Item = T>) -> Result<Vec<T>> {
    let mut collected = Vec::new();
    collected.try_reserve_exact(values.len())?;
    for value in values {
        // An iterator that gives more than it says loses the rest.
        let _ = collected.push_within_capacity(value);
    }
    Ok(collected)
}

/// A collection that grows, or says that it cannot.
pub trait TryPush<T> {
    /// Appends a value. Errors: ENOMEM; the collection is as before.
    fn try_push(&mut self, value: T) -> Result;
}

impl<T> TryPush<T> for Vec<T> {
    fn try_push(&mut self, value: T) -> Result {
        self.try_reserve(1)?;
        self.push_within_capacity(value).map_err(|_| Errno::ENOMEM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_grows() {
        let mut numbers = Vec::new();
        for number in 0..100 {
            numbers.try_push(number).unwrap();
        }
        assert_eq!(numbers, Vec::from_iter(0..100));
    }

    #[test]
    fn values_are_collected_into_one_allocation() {
        let numbers = try_collect((0..100).map(|number| 2 * number)).unwrap();
        assert_eq!(numbers, Vec::from_iter((0..200).step_by(2)));
        assert_eq!(numbers.capacity(), 100);
    }

    #[test]
    fn box_has_the_value() {
        assert_eq!(try_box(7), Ok(Box::new(7)));
    }

    #[test]
    fn too_much_memory_is_an_error() {
        let mut numbers = Vec::<u64>::new();
        assert_eq!(numbers.try_reserve(usize::MAX).map_err(Errno::from), Err(Errno::ENOMEM));
    }
}
