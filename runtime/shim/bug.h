/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Stops a thread whose code broke a rule of the language. */
#ifndef RUNTIME_SHIM_BUG_H_
#define RUNTIME_SHIM_BUG_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Logs "<module>: <what>" at level emerg, then BUG(): the calling thread dies with a stack trace.
 * Any context. */
__attribute__((noreturn, cold)) void kmod_bug(const char *what);

#ifdef __cplusplus
}
#endif

#endif /* RUNTIME_SHIM_BUG_H_ */
