// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" int wave_level();

extern "C" int wave_level() { return 7; }
