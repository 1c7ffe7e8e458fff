// SPDX-License-Identifier: MIT OR GPL-2.0-only
int NotConstant();

namespace {
int value = NotConstant();
}  // namespace

int Value() { return value; }
