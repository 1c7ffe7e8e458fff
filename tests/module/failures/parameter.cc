// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod/parameter.h"

KMOD_PARAMETER(int, times);

int Times();

int Times() { return times(); }
