# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The kernels that tests run on.

Linux 5.10 is not among them: tests/integration/oldest_kernel_test.sh says why, and tests it.
"""

# All except debian12_cloud_amd64, which is the default.
OTHER_KERNELS = [
    "@debian12_amd64//:kernel",
    "@debian12_rt_amd64//:kernel",
    "@debian13_cloud_amd64//:kernel",
    "@debian14_cloud_amd64//:kernel",
]

ALL_KERNELS = ["@debian12_cloud_amd64//:kernel"] + OTHER_KERNELS
