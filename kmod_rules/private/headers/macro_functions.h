// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Functions for macros of the kernel that code calls as functions. C++ sees kmod_macro_NAME as
// NAME, where the kernel declares the macro. A kernel without a macro has no function for it. The
// text of a function goes into one line, so it has no comments and no lines for the preprocessor.
//
// A macro that stores into its argument returns the value instead: `flags =
// spin_lock_irqsave(&lock)`. A macro that takes a condition takes a function and its argument.

#ifdef INIT_WORK
static inline void kmod_macro_INIT_WORK(struct work_struct *work, work_func_t function) {
  INIT_WORK(work, function);
}
#endif
#ifdef INIT_DELAYED_WORK
static inline void kmod_macro_INIT_DELAYED_WORK(struct delayed_work *work, work_func_t function) {
  INIT_DELAYED_WORK(work, function);
}
#endif
#ifdef mutex_init
static inline void kmod_macro_mutex_init(struct mutex *lock) { mutex_init(lock); }
#endif
#ifdef mutex_lock_nested
static inline void kmod_macro_mutex_lock_nested(struct mutex *lock, unsigned int subclass) {
  mutex_lock_nested(lock, subclass);
}
#endif
#ifdef init_rwsem
static inline void kmod_macro_init_rwsem(struct rw_semaphore *semaphore) { init_rwsem(semaphore); }
#endif
#ifdef spin_lock_init
static inline void kmod_macro_spin_lock_init(spinlock_t *lock) { spin_lock_init(lock); }
#endif
#ifdef spin_lock_irqsave
static inline unsigned long kmod_macro_spin_lock_irqsave(spinlock_t *lock) {
  unsigned long flags;
  spin_lock_irqsave(lock, flags);
  return flags;
}
#endif
#ifdef local_irq_save
static inline unsigned long kmod_macro_local_irq_save(void) {
  unsigned long flags;
  local_irq_save(flags);
  return flags;
}
#endif
#ifdef local_irq_restore
static inline void kmod_macro_local_irq_restore(unsigned long flags) { local_irq_restore(flags); }
#endif
#ifdef init_waitqueue_head
static inline void kmod_macro_init_waitqueue_head(struct wait_queue_head *queue) {
  init_waitqueue_head(queue);
}
#endif
#ifdef wake_up
static inline void kmod_macro_wake_up(struct wait_queue_head *queue) { wake_up(queue); }
#endif
#ifdef wake_up_all
static inline void kmod_macro_wake_up_all(struct wait_queue_head *queue) { wake_up_all(queue); }
#endif
#ifdef wake_up_interruptible
static inline void kmod_macro_wake_up_interruptible(struct wait_queue_head *queue) {
  wake_up_interruptible(queue);
}
#endif
#ifdef wait_event
static inline void kmod_macro_wait_event(struct wait_queue_head *queue,
                                         bool (*condition)(void *argument), void *argument) {
  wait_event(*queue, condition(argument));
}
#endif
#ifdef wait_event_timeout
static inline long kmod_macro_wait_event_timeout(struct wait_queue_head *queue,
                                                 bool (*condition)(void *argument), void *argument,
                                                 long timeout) {
  return wait_event_timeout(*queue, condition(argument), timeout);
}
#endif
#ifdef wait_event_interruptible
static inline int kmod_macro_wait_event_interruptible(struct wait_queue_head *queue,
                                                      bool (*condition)(void *argument),
                                                      void *argument) {
  return wait_event_interruptible(*queue, condition(argument));
}
#endif
#ifdef timer_setup
static inline void kmod_macro_timer_setup(struct timer_list *timer,
                                          void (*function)(struct timer_list *timer),
                                          unsigned int flags) {
  timer_setup(timer, function, flags);
}
#endif
#ifdef kthread_run
static inline struct task_struct *kmod_macro_kthread_run(int (*function)(void *data), void *data,
                                                         const char *name) {
  return kthread_run(function, data, "%s", name);
}
#endif
#ifdef kthread_create
static inline struct task_struct *kmod_macro_kthread_create(int (*function)(void *data), void *data,
                                                            const char *name) {
  return kthread_create(function, data, "%s", name);
}
#endif
#ifdef pci_register_driver
static inline int kmod_macro_pci_register_driver(struct pci_driver *driver) {
  return pci_register_driver(driver);
}
#endif
#ifdef alloc_etherdev
static inline struct net_device *kmod_macro_alloc_etherdev(int size) {
  return alloc_etherdev(size);
}
#endif
#ifdef alloc_netdev
static inline struct net_device *kmod_macro_alloc_netdev(int size, const char *name,
                                                         unsigned char name_assign_type,
                                                         void (*setup)(struct net_device *device)) {
  return alloc_netdev(size, name, name_assign_type, setup);
}
#endif
#ifdef dma_map_single
static inline dma_addr_t kmod_macro_dma_map_single(struct device *device, void *address,
                                                   size_t size, enum dma_data_direction direction) {
  return dma_map_single(device, address, size, direction);
}
#endif
#ifdef dma_unmap_single
static inline void kmod_macro_dma_unmap_single(struct device *device, dma_addr_t address,
                                               size_t size, enum dma_data_direction direction) {
  dma_unmap_single(device, address, size, direction);
}
#endif
#ifdef create_singlethread_workqueue
static inline struct workqueue_struct *kmod_macro_create_singlethread_workqueue(const char *name) {
  return create_singlethread_workqueue("%s", name);
}
#endif
#ifdef class_create
static inline struct class *kmod_macro_class_create(struct module *owner, const char *name) {
  return class_create(owner, name);
}
#endif
#ifdef cond_resched
static inline int kmod_macro_cond_resched(void) { return cond_resched(); }
#endif
#ifdef might_sleep
static inline void kmod_macro_might_sleep(void) { might_sleep(); }
#endif
#ifdef smp_mb
static inline void kmod_macro_smp_mb(void) { smp_mb(); }
#endif
#ifdef smp_rmb
static inline void kmod_macro_smp_rmb(void) { smp_rmb(); }
#endif
#ifdef smp_wmb
static inline void kmod_macro_smp_wmb(void) { smp_wmb(); }
#endif
#ifdef udelay
static inline void kmod_macro_udelay(unsigned long microseconds) { udelay(microseconds); }
#endif
#ifdef mdelay
static inline void kmod_macro_mdelay(unsigned long milliseconds) { mdelay(milliseconds); }
#endif
#ifdef smp_processor_id
static inline unsigned int kmod_macro_smp_processor_id(void) { return smp_processor_id(); }
#endif
#ifdef num_online_cpus
static inline unsigned int kmod_macro_num_online_cpus(void) { return num_online_cpus(); }
#endif
#ifdef per_cpu_ptr
static inline void *kmod_macro_per_cpu_ptr(void *pointer, int cpu) {
  return per_cpu_ptr((void __percpu *)pointer, cpu);
}
#endif
#ifdef this_cpu_ptr
static inline void *kmod_macro_this_cpu_ptr(void *pointer) {
  return this_cpu_ptr((void __percpu *)pointer);
}
#endif
#ifdef preempt_disable
static inline void kmod_macro_preempt_disable(void) { preempt_disable(); }
#endif
#ifdef preempt_enable
static inline void kmod_macro_preempt_enable(void) { preempt_enable(); }
#endif
#ifdef get_cpu
static inline int kmod_macro_get_cpu(void) { return get_cpu(); }
#endif
#ifdef put_cpu
static inline void kmod_macro_put_cpu(void) { put_cpu(); }
#endif
#ifdef local_irq_disable
static inline void kmod_macro_local_irq_disable(void) { local_irq_disable(); }
#endif
#ifdef local_irq_enable
static inline void kmod_macro_local_irq_enable(void) { local_irq_enable(); }
#endif
#ifdef wait_event_interruptible_timeout
static inline long kmod_macro_wait_event_interruptible_timeout(struct wait_queue_head *queue,
                                                               bool (*condition)(void *argument),
                                                               void *argument, long timeout) {
  return wait_event_interruptible_timeout(*queue, condition(argument), timeout);
}
#endif
#ifdef __alloc_percpu
static inline void *kmod_macro___alloc_percpu(size_t size, size_t align) {
  return (void *)__alloc_percpu(size, align);
}
#endif
#ifdef kmem_cache_create
static inline struct kmem_cache *kmod_macro_kmem_cache_create(const char *name, unsigned int size,
                                                              unsigned int align,
                                                              slab_flags_t flags,
                                                              void (*constructor)(void *)) {
  return kmem_cache_create(name, size, align, flags, constructor);
}
#endif
#ifdef kcalloc
static inline void *kmod_macro_kcalloc(size_t count, size_t size, gfp_t flags) {
  return kcalloc(count, size, flags);
}
#endif
#ifdef kvmalloc
static inline void *kmod_macro_kvmalloc(size_t size, gfp_t flags) { return kvmalloc(size, flags); }
#endif
#ifdef kvzalloc
static inline void *kmod_macro_kvzalloc(size_t size, gfp_t flags) { return kvzalloc(size, flags); }
#endif
#ifdef kmemdup
static inline void *kmod_macro_kmemdup(const void *memory, size_t size, gfp_t flags) {
  return kmemdup(memory, size, flags);
}
#endif
// The name that this kernel's modpost looks for: the translator finds both names in it.
#ifdef MODULE_DEVICE_TABLE
static const int kmod_macro_table;
MODULE_DEVICE_TABLE(kmod_macro_type, kmod_macro_table);
#endif
