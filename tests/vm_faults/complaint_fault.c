// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module whose init does what the parameter `fault` names, of which the kernel complains without
// WARN() or BUG().
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static void release_nothing(struct kobject *kobject) {}

static const struct kobj_type object_type = {.release = release_nothing};

static int init_object_twice(void) {
  static struct kobject object;

  kobject_init(&object, (struct kobj_type *)&object_type);
  kobject_init(&object, (struct kobj_type *)&object_type);
  return 0;
}

static int free_foreign_ports(void) {
  release_region(0x5550, 8);
  return 0;
}

static int destroy_busy_pool(void) {
  struct platform_device *device = platform_device_register_simple("complaint", -1, NULL, 0);
  struct dma_pool *pool;
  dma_addr_t address;

  if (IS_ERR(device)) return PTR_ERR(device);
  dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(32));
  pool = dma_pool_create("complaint_pool", &device->dev, 64, 64, 0);
  if (pool && !dma_pool_alloc(pool, GFP_KERNEL, &address)) pr_err("no memory in the pool\n");
  dma_pool_destroy(pool);
  platform_device_unregister(device);
  return pool ? 0 : -ENOMEM;
}

static void keep_preemption_off(struct tasklet_struct *tasklet) { preempt_disable(); }

static DECLARE_TASKLET(tasklet, keep_preemption_off);

static int keep_preemption_off_in_tasklet(void) {
  tasklet_schedule(&tasklet);
  msleep(20);
  return 0;
}

static int create_directory_twice(void) {
  struct dentry *directory = debugfs_create_dir("complaint", NULL);

  debugfs_create_dir("complaint", NULL);
  debugfs_remove_recursive(directory);
  return 0;
}

static void do_nothing(struct irq_data *data) {}

static struct irq_chip chip = {
    .name = "complaint", .irq_ack = do_nothing, .irq_mask = do_nothing, .irq_unmask = do_nothing};

// An interrupt that no hardware raises.
static int raise_interrupts(irq_handler_t handler, int times) {
  const int irq = irq_alloc_desc(0);
  int error, i;

  if (irq < 0) return irq;
  irq_set_chip_and_handler(irq, &chip, handle_simple_irq);
  irq_modify_status(irq, IRQ_NOREQUEST, 0);
  error = request_irq(irq, handler, 0, "complaint", &chip);
  for (i = 0; error == 0 && i < times; i++) {
    local_irq_disable();
    generic_handle_irq(irq);
    local_irq_enable();
    if (i % 4096 == 0) cond_resched();
  }
  if (error == 0) free_irq(irq, &chip);
  irq_free_desc(irq);
  return error;
}

static irqreturn_t return_nonsense(int irq, void *data) { return (irqreturn_t)77; }

static irqreturn_t take_no_interrupt(int irq, void *data) { return IRQ_NONE; }

static int return_nonsense_once(void) { return raise_interrupts(return_nonsense, 1); }

// The kernel disables an interrupt of which 99,900 in 100,000 were not handled.
static int ignore_interrupts(void) { return raise_interrupts(take_no_interrupt, 100001); }

static int show_stack_without_reason(void) {
  pr_info("so far\n");
  dump_stack();
  return 0;
}

static struct kobj_attribute attribute = __ATTR(complaint_fault, 0, NULL, NULL);

static int create_file_twice(void) {
  int error = sysfs_create_file(kernel_kobj, &attribute.attr);

  if (error == 0 && sysfs_create_file(kernel_kobj, &attribute.attr) == 0) error = -EINVAL;
  sysfs_remove_file(kernel_kobj, &attribute.attr);
  return error;
}

static int sleep_behind_duplicate(void) {
  const int error = create_file_twice();

  preempt_disable();
  msleep(1);
  preempt_enable();
  return error;
}

// More than the largest block of free pages.
static int ask_for_much_memory(void) {
  void *blocks[64];
  size_t i;

  for (i = 0; i < ARRAY_SIZE(blocks); i++) blocks[i] = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);
  for (i = 0; i < ARRAY_SIZE(blocks); i++) kfree(blocks[i]);
  return 0;
}

static const struct {
  const char *name;
  int (*init)(void);
} faults[] = {
    {"busy_pool", destroy_busy_pool},
    {"call_trace", show_stack_without_reason},
    {"directory_twice", create_directory_twice},
    {"file_twice", create_file_twice},
    {"foreign_ports", free_foreign_ports},
    {"irq_ignored", ignore_interrupts},
    {"irq_nonsense", return_nonsense_once},
    {"much_memory", ask_for_much_memory},
    {"object_twice", init_object_twice},
    {"sleep_behind_duplicate", sleep_behind_duplicate},
    {"tasklet", keep_preemption_off_in_tasklet},
};

static int __init complaint_fault_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    if (strcmp(faults[i].name, fault) == 0) return faults[i].init();
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit complaint_fault_exit(void) {}

module_init(complaint_fault_init);
module_exit(complaint_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
