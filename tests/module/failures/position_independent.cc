// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" [[gnu::weak]] const int optional_limit;

int Limit();

int Limit() { return &optional_limit != nullptr ? optional_limit : 7; }
