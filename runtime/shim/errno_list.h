/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The error numbers that C++ knows, once, for C and C++: X(name in C++, name in C, number).
 * shim/constants.c asserts each number against the kernel's headers. The name in C is a macro in
 * both languages: never expand it in C++.
 */
#ifndef RUNTIME_SHIM_ERRNO_LIST_H_
#define RUNTIME_SHIM_ERRNO_LIST_H_

#define KMOD_ERRNO_LIST(X)          \
  X(eperm, EPERM, 1)                \
  X(enoent, ENOENT, 2)              \
  X(esrch, ESRCH, 3)                \
  X(eintr, EINTR, 4)                \
  X(eio, EIO, 5)                    \
  X(enxio, ENXIO, 6)                \
  X(e2big, E2BIG, 7)                \
  X(enoexec, ENOEXEC, 8)            \
  X(ebadf, EBADF, 9)                \
  X(echild, ECHILD, 10)             \
  X(eagain, EAGAIN, 11)             \
  X(enomem, ENOMEM, 12)             \
  X(eacces, EACCES, 13)             \
  X(efault, EFAULT, 14)             \
  X(ebusy, EBUSY, 16)               \
  X(eexist, EEXIST, 17)             \
  X(exdev, EXDEV, 18)               \
  X(enodev, ENODEV, 19)             \
  X(enotdir, ENOTDIR, 20)           \
  X(eisdir, EISDIR, 21)             \
  X(einval, EINVAL, 22)             \
  X(enfile, ENFILE, 23)             \
  X(emfile, EMFILE, 24)             \
  X(enotty, ENOTTY, 25)             \
  X(efbig, EFBIG, 27)               \
  X(enospc, ENOSPC, 28)             \
  X(espipe, ESPIPE, 29)             \
  X(erofs, EROFS, 30)               \
  X(epipe, EPIPE, 32)               \
  X(edom, EDOM, 33)                 \
  X(erange, ERANGE, 34)             \
  X(edeadlk, EDEADLK, 35)           \
  X(enametoolong, ENAMETOOLONG, 36) \
  X(enosys, ENOSYS, 38)             \
  X(enodata, ENODATA, 61)           \
  X(eproto, EPROTO, 71)             \
  X(ebadmsg, EBADMSG, 74)           \
  X(eoverflow, EOVERFLOW, 75)       \
  X(emsgsize, EMSGSIZE, 90)         \
  X(eopnotsupp, EOPNOTSUPP, 95)     \
  X(eaddrinuse, EADDRINUSE, 98)     \
  X(enobufs, ENOBUFS, 105)          \
  X(etimedout, ETIMEDOUT, 110)      \
  X(ealready, EALREADY, 114)        \
  X(ecanceled, ECANCELED, 125)      \
  X(erestartsys, ERESTARTSYS, 512)

#endif /* RUNTIME_SHIM_ERRNO_LIST_H_ */
