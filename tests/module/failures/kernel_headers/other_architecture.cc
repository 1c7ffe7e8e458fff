// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A header that needs those of another architecture.
#include <linux/arm-cci.h>
