// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Prints what must not be the same in each guest that continues from a snapshot.

#include <sys/random.h>
#include <time.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

int main() {
  std::uint64_t random = 0;
  if (getrandom(&random, sizeof(random), 0) != sizeof(random)) return 1;
  std::ifstream file("/proc/sys/kernel/panic_on_warn");
  std::string panics;
  if (!(file >> panics)) return 1;
  std::printf("time %lld\nrandom %016llx\npanic_on_warn %s\n",
              static_cast<long long>(time(nullptr)), static_cast<unsigned long long>(random),
              panics.c_str());
  return 0;
}
