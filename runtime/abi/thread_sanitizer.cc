// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// For a kernel with KCSAN, Clang calls these where it reads and writes an object's pointer to its
// table of virtual functions. The kernel, which is C, has functions for other accesses only.

#if __has_feature(thread_sanitizer)

extern "C" {

void __tsan_read8(void* address);
void __tsan_write8(void* address);

void __tsan_vptr_read(void** table);
void __tsan_vptr_update(void** table, void* value);

[[clang::no_sanitize("thread")]] void __tsan_vptr_read(void** table) { __tsan_read8(table); }

// A constructor or destructor may write the pointer that is there already.
[[clang::no_sanitize("thread")]] void __tsan_vptr_update(void** table, void* value) {
  if (*table != value) __tsan_write8(table);
}

}  // extern "C"

#endif
