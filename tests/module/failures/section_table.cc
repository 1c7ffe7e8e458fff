// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" const int __start_limits[];
extern "C" const int __stop_limits[];

namespace {

[[gnu::section("limits"), gnu::used]] constinit const int kLimit = 7;

}  // namespace

long LimitCount();

long LimitCount() { return __stop_limits - __start_limits; }
