// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// <ctype.h> for ASCII: other characters belong to no class. Context: any.
#ifndef RUNTIME_STD_CTYPE_H_
#define RUNTIME_STD_CTYPE_H_

#include <bits/kmod_c_library.h>

KMOD_C_LIBRARY_BEGIN

static inline int islower(int c) { return c >= 'a' && c <= 'z'; }
static inline int isupper(int c) { return c >= 'A' && c <= 'Z'; }
static inline int isalpha(int c) { return islower(c) || isupper(c); }
static inline int isdigit(int c) { return c >= '0' && c <= '9'; }
static inline int isalnum(int c) { return isalpha(c) || isdigit(c); }
static inline int isblank(int c) { return c == ' ' || c == '\t'; }
static inline int iscntrl(int c) { return (c >= 0 && c < ' ') || c == 0x7f; }
static inline int isgraph(int c) { return c > ' ' && c < 0x7f; }
static inline int isprint(int c) { return c >= ' ' && c < 0x7f; }
static inline int ispunct(int c) { return isgraph(c) && !isalnum(c); }
static inline int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline int isxdigit(int c) {
  return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
static inline int tolower(int c) { return isupper(c) ? c - 'A' + 'a' : c; }
static inline int toupper(int c) { return islower(c) ? c - 'a' + 'A' : c; }

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_CTYPE_H_
