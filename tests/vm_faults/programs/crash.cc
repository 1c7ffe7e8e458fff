// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Is killed by SIGSEGV.

#include <csignal>

int main() { return std::raise(SIGSEGV); }
