// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The last values of many.

#![cfg_attr(not(test), no_std)]

/// Keeps the last `N` values.
pub struct Ring<T, const N: usize> {
    values: [T; N],
    came: u64,
}

impl<T: Copy + Default, const N: usize> Ring<T, N> {
    /// Makes an empty ring.
    pub fn new() -> Self {
        const { assert!(N > 0, "a ring has room for a value") };
        Ring { values: [T::default(); N], came: 0 }
    }

    /// Adds a value, in place of the oldest one if there are `N`.
    pub fn push(&mut self, value: T) {
        self.values[(self.came % N as u64) as usize] = value;
        self.came += 1;
    }

    /// Returns the values that are kept, in no order.
    pub fn values(&self) -> &[T] {
        &self.values[..self.came.min(N as u64) as usize]
    }

    /// Returns how many values came.
    pub fn came(&self) -> u64 {
        self.came
    }
}

impl<T: Copy + Default, const N: usize> Default for Ring<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;

    #[test]
    fn new_ring_is_empty() {
        assert!(Ring::<u8, 2>::new().values().is_empty());
    }

    #[test]
    fn oldest_value_goes() {
        let mut ring = Ring::<_, 2>::new();
        for value in 1..=5 {
            ring.push(value);
        }
        let mut values = Vec::from(ring.values());
        values.sort();
        assert_eq!(values, [4, 5]);
        assert_eq!(ring.came(), 5);
    }
}
