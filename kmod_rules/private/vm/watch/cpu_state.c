// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "cpu_state.h"

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/device.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/kernfs.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

static struct device *root_of_cpus(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
  return bus_get_dev_root(&cpu_subsys);
#else
  return get_device(cpu_subsys.dev_root);
#endif
}

// Writes a line "NUMBER: NAME" for each state into the page; false if it cannot be had.
static bool list_states(char *page) {
  struct device *root = root_of_cpus();
  struct kernfs_node *group = NULL;
  struct kernfs_node *file = NULL;
  struct device_attribute *attribute;
  bool listed = false;

  if (!root) return false;
  group = kernfs_find_and_get(root->kobj.sd, "hotplug");
  if (group) file = kernfs_find_and_get(group, "states");
  if (file) {
    attribute = container_of((struct attribute *)file->priv, struct device_attribute, attr);
    listed = attribute->show(root, attribute, page) > 0;
    kernfs_put(file);
  }
  if (group) kernfs_put(group);
  put_device(root);
  return listed;
}

// The number of the state in the list; negative if it is not there.
static int find_in_list(char *list, const char *name) {
  char *line;
  int number;

  while ((line = strsep(&list, "\n"))) {
    char *text = strstr(line, ": ");

    if (!text || strcmp(text + 2, name) != 0) continue;
    *text = '\0';
    if (kstrtoint(strim(line), 10, &number) == 0) return number;
  }
  return -ENOENT;
}

static bool copy_name(char *copy, size_t size, const char *name) {
  size_t i;

  for (i = 0; i < size; ++i) {
    if (copy_from_kernel_nofault(&copy[i], &name[i], 1)) return false;
    if (copy[i] == '\0') return i > 0;
  }
  return false;
}

static int find_state(const char *name) {
  char *const page = (char *)__get_free_page(GFP_KERNEL);
  char copy[64];
  int number = -ENOENT;

  if (!page) return -ENOMEM;
  if (copy_name(copy, sizeof(copy), name) && list_states(page)) number = find_in_list(page, copy);
  free_page((unsigned long)page);
  return number;
}

bool watch_cpu_state_exists(const char *name) { return find_state(name) >= 0; }

void watch_remove_cpu_state(const char *name) {
  const int number = find_state(name);

  if (number >= 0) cpuhp_remove_state_nocalls(number);
}
