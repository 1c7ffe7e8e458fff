// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// kmod::Gfp has the values of the kernel's headers, without including them.
#include "kmod/gfp.h"

#include <linux/gfp.h>

using kmod::Gfp;

static_assert(static_cast<gfp_t>(Gfp::kernel) == GFP_KERNEL);
static_assert(static_cast<gfp_t>(Gfp::kernel_account) == GFP_KERNEL_ACCOUNT);
static_assert(static_cast<gfp_t>(Gfp::atomic) == GFP_ATOMIC);
static_assert(static_cast<gfp_t>(Gfp::nowait) == GFP_NOWAIT);
static_assert(static_cast<gfp_t>(Gfp::noio) == GFP_NOIO);
static_assert(static_cast<gfp_t>(Gfp::nofs) == GFP_NOFS);
