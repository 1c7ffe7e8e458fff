// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// One function for each property of kernel code that codegen_test looks for.

struct Large {
  unsigned long words[64];
};

extern "C" {

void fill(char* buffer);
int guarded();
int indirect(int (*function)(int), int argument);
int leaf(int index);
void copy(Large& to, const Large& from);
int choose(int number, int (*function)(int));
int negated(int (*function)(int), int argument);

// A buffer on the stack: the stack protector's guard.
int guarded() {
  char buffer[64];
  fill(buffer);
  return buffer[0];
}

// A call and a tail call through a pointer: retpolines.
int negated(int (*function)(int), int argument) { return -function(argument); }
int indirect(int (*function)(int), int argument) { return function(argument); }

// A leaf with locals: without a red zone they need a frame.
int leaf(int index) {
  volatile int local[4] = {1, 2, 3, 4};
  return local[index & 3];
}

// A large copy: without vector registers.
void copy(Large& to, const Large& from) { to = from; }

// Many cases: no jump table.
int choose(int number, int (*function)(int)) {
  switch (number) {
    case 0:
      return indirect(function, 1);
    case 1:
      return 17;
    case 2:
      return guarded();
    case 3:
      return 99;
    case 4:
      return leaf(2);
    case 5:
      return -4;
    case 6:
      return leaf(number);
    default:
      return 0;
  }
}

}  // extern "C"
