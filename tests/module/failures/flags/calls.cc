// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Each macro has one call that the compiler, or a header of user space, would make.
extern "C" {
int __popcountdi2(long value);
int __addvsi3(int left, int right);
__int128 __divti3(__int128 left, __int128 right);
__int128 __muloti4(__int128 left, __int128 right, int* overflow);
long __read_chk(int file, void* to, unsigned long count, unsigned long size);
void _Unwind_Resume(void* exception);
long strtol(const char* text, char** end, int base);
}

int Calls();

int Calls() {
#if defined(CALL_BIT_ROUTINE)
  return __popcountdi2(3);
#elif defined(CALL_TRAPPING)
  return __addvsi3(1, 2);
#elif defined(CALL_WIDE_DIVISION)
  return static_cast<int>(__divti3(6, 3));
#elif defined(CALL_WIDE_MULTIPLICATION)
  int overflow = 0;
  return static_cast<int>(__muloti4(6, 3, &overflow)) + overflow;
#elif defined(CALL_FORTIFIED)
  char to[1];
  __read_chk(0, to, 1, sizeof to);
  return to[0];
#elif defined(CALL_UNWINDER)
  _Unwind_Resume(nullptr);
  return 0;
#elif defined(CALL_C_LIBRARY)
  return static_cast<int>(strtol("1", nullptr, 10));
#endif
}
