// SPDX-License-Identifier: MIT OR GPL-2.0-only
namespace driver {

int NoSuchFunction(int value);
int Caller(int value);

int Caller(int value) { return NoSuchFunction(value) + 1; }

}  // namespace driver
