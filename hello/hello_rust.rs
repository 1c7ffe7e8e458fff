// SPDX-License-Identifier: MIT OR GPL-2.0-only

//! The smallest real module: parameters, an allocation that can fail, errors, and an exit message.

#![no_std]

extern crate alloc;

use alloc::vec::Vec;

use kmod::{pr_err, pr_info, try_collect, Charp, Errno, Module, Result};

kmod::parameter!(charp, who);
kmod::parameter!(int, times);

const MOST_GREETINGS: usize = 16;

struct Greeting {
    whom: Charp,
}

struct Hello {
    _greetings: Vec<Greeting>,
}

impl Module for Hello {
    fn create() -> Result<Self> {
        let times = times();
        let Some(count) = usize::try_from(times).ok().filter(|&count| count <= MOST_GREETINGS)
        else {
            pr_err!("times is {}: give a number from 0 to {}\n", times, MOST_GREETINGS);
            return Err(Errno::EINVAL);
        };
        let greetings = try_collect((0..count).map(|_| Greeting { whom: who() }))?;
        for greeting in &greetings {
            pr_info!("hello, {}\n", greeting.whom);
        }
        Ok(Hello { _greetings: greetings })
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        pr_info!("bye\n");
    }
}

kmod::module!(Hello);
