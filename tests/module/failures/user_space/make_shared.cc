// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <memory>

int Value();

int Value() { return *std::make_shared<int>(7); }
