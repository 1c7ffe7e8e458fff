// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "report.h"

#include <linux/kallsyms.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "allocations.h"
#include "callbacks.h"
#include "record.h"

// The file exists before anything else, and what is found is not taken back.
static char *unplaced[16];
static struct {
  char *text;
  unsigned int count;
} left[64];
static unsigned int checked;
static unsigned int lost;  // had no room
static DEFINE_MUTEX(lock);

static void keep(char **place, const char *format, ...) __printf(2, 3);

static void keep(char **place, const char *format, ...) {
  va_list arguments;

  va_start(arguments, format);
  *place = kvasprintf(GFP_KERNEL, format, arguments);
  va_end(arguments);
  if (!*place) ++lost;
}

void watch_report_unplaced(const char *what, const char *name, int error) {
  size_t i;

  mutex_lock(&lock);
  for (i = 0; i < ARRAY_SIZE(unplaced) && unplaced[i]; ++i) {
  }
  if (i < ARRAY_SIZE(unplaced)) keep(&unplaced[i], "%s %s: error %d", what, name, error);
  mutex_unlock(&lock);
}

void watch_report_checked(void) {
  mutex_lock(&lock);
  ++checked;
  mutex_unlock(&lock);
}

static void count(char *text) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(left) && left[i].text; ++i) {
    if (strcmp(left[i].text, text) != 0) continue;
    ++left[i].count;
    kfree(text);
    return;
  }
  if (i == ARRAY_SIZE(left)) {
    ++lost;
    kfree(text);
    return;
  }
  left[i].text = text;
  left[i].count = 1;
}

// The name without the module's in brackets. `buffer` has KSYM_SYMBOL_LEN characters. If there is
// no name, it is a number.
static const char *name_of(const void *address, char *buffer) {
  sprint_symbol_no_offset(buffer, (unsigned long)address);
  return strsep(&buffer, " ");
}

void watch_report_left(const struct module *module, const char *what, const void *function,
                       const void *object) {
  char *const names = kmalloc(2 * KSYM_SYMBOL_LEN, GFP_KERNEL);
  const char *function_name = "?";
  const char *variable = "";
  char *text = NULL;

  if (names) {
    function_name = name_of(function, names);
    if (watch_is_of(module, object)) {
      variable = name_of(object, names + KSYM_SYMBOL_LEN);
    }
    if (strncmp(variable, "0x", 2) == 0) variable = "";
  }
  mutex_lock(&lock);
  // A function of C++ has a mangled name, which brings its parameters.
  keep(&text, "%s left %s: its function is %s%s%s%s", module->name, what, function_name,
       strncmp(function_name, "_Z", 2) == 0 ? "" : "()", *variable ? ", its variable is " : "",
       variable);
  if (text) count(text);
  mutex_unlock(&lock);
  kfree(names);
}

void watch_report_state(const struct module *module, const char *what) {
  char *text = NULL;

  mutex_lock(&lock);
  keep(&text, "%s left %s", module->name, what);
  if (text) count(text);
  mutex_unlock(&lock);
}

static void show_missed(struct seq_file *file, unsigned int number, const char *what) {
  if (number) seq_printf(file, "unplaced %u %s\n", number, what);
}

static int show(struct seq_file *file, void *unused) {
  size_t i;

  mutex_lock(&lock);
  for (i = 0; i < ARRAY_SIZE(unplaced) && unplaced[i]; ++i) {
    seq_printf(file, "unplaced %s\n", unplaced[i]);
  }
  show_missed(file, watch_missed(), "objects of modules had no room");
  show_missed(file, watch_missed_callbacks(), "RCU callbacks could not be counted");
  show_missed(file, lost, "findings had no room");
  seq_printf(file, "checked %u\n", checked);
  for (i = 0; i < ARRAY_SIZE(left) && left[i].text; ++i) {
    seq_printf(file, "left %u %s\n", left[i].count, left[i].text);
  }
  watch_show_allocations(file);
  mutex_unlock(&lock);
  return 0;
}

static int open(struct inode *inode, struct file *file) { return single_open(file, show, NULL); }

// The number of the allocation that is to fail.
static ssize_t write(struct file *file, const char __user *text, size_t size, loff_t *position) {
  unsigned long number = 0;
  int error = kstrtoul_from_user(text, size, 10, &number);

  if (!error) error = watch_fail_allocation(number);
  return error ? error : size;
}

static const struct proc_ops operations = {
    .proc_open = open,
    .proc_read = seq_read,
    .proc_write = write,
    .proc_lseek = seq_lseek,
    .proc_release = single_release,
};

int watch_make_file(void) {
  return proc_create("kmod_watch", 0600, NULL, &operations) ? 0 : -ENOMEM;
}
