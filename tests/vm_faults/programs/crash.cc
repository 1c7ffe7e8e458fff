// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Ends by SIGSEGV.

#include <csignal>

int main() { return std::raise(SIGSEGV); }
