// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The last values of a measurement. history.rs has the functions.
#ifndef EXAMPLES_RUST_HISTORY_H_
#define EXAMPLES_RUST_HISTORY_H_

#include <cstdint>

extern "C" {

struct History;

// Null if there is no memory. Context: may sleep.
[[nodiscard]] History* history_create();

// Forgets the oldest value when there are too many. Context: any; the caller holds its lock.
void history_add(History* history, std::uint32_t value);

// The mean of the kept values, or 0 if there are none. Context: any; the caller holds its lock.
[[nodiscard]] std::uint32_t history_mean(const History* history);

// How many values are kept, and how many have been added. Context: any; the caller holds its lock.
[[nodiscard]] std::uint32_t history_kept(const History* history);
[[nodiscard]] std::uint64_t history_came(const History* history);

// Null is legal. Context: any but NMI.
void history_destroy(History* history);

}  // extern "C"

#endif  // EXAMPLES_RUST_HISTORY_H_
