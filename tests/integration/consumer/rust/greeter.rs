#![cfg_attr(not(test), no_std)]

use kmod::{pr_info, Module, Result};

struct Greeter;

fn greeting(times: u32) -> &'static str {
    if times == 1 {
        "hello"
    } else {
        "hello again"
    }
}

impl Module for Greeter {
    fn create() -> Result<Self> {
        for times in 1..=2 {
            pr_info!("{}, kernel\n", greeting(times));
        }
        Ok(Greeter)
    }
}

impl Drop for Greeter {
    fn drop(&mut self) {
        pr_info!("bye\n");
    }
}

kmod::module!(Greeter);

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn first_greeting_differs() {
        assert_ne!(greeting(1), greeting(2));
    }
}
