// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef EXAMPLES_RUST_MEAN_H_
#define EXAMPLES_RUST_MEAN_H_

#include <cstddef>
#include <cstdint>

// The mean, rounded down; 0 without values. history.rs calls it. Context: any.
extern "C" std::uint32_t mean_of(const std::uint32_t* values, std::size_t count);

#endif  // EXAMPLES_RUST_MEAN_H_
