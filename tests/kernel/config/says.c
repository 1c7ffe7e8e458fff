// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

static int __init says_init(void) {
  pr_info("says: numa %d, real time %d, crc %d, frequency %d\n", SAYS_NUMA, SAYS_RT, SAYS_CRC,
          SAYS_HZ);
  if (SAYS_NUMA != IS_ENABLED(CONFIG_NUMA) || SAYS_RT != IS_ENABLED(CONFIG_PREEMPT_RT) ||
      SAYS_CRC != IS_ENABLED(CONFIG_CRC_ITU_T) || SAYS_HZ != CONFIG_HZ) {
    pr_err("says: select() chose for another kernel\n");
    return -EINVAL;
  }
  return 0;
}
module_init(says_init);

static void __exit says_exit(void) {}
module_exit(says_exit);

MODULE_DESCRIPTION("Compares what select() chose with the kernel's own configuration");
MODULE_LICENSE("Dual MIT/GPL");
