// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/programs/reverse.h"

#include <algorithm>
#include <span>

void reverse(char* text, unsigned long length) { std::ranges::reverse(std::span(text, length)); }
