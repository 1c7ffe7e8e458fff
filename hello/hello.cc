// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The smallest real module: parameters, an allocation that can fail, errors, and an exit message.

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <utility>

#include "kmod/alloc.h"
#include "kmod/module.h"
#include "kmod/parameter.h"
#include "kmod/print.h"

namespace {

KMOD_PARAMETER(charp, who);
KMOD_PARAMETER(int, times);

constexpr int most_greetings = 16;

struct Greeting {
  const char* whom = nullptr;
};

class Hello {
 public:
  static kmod::Result<Hello> create();

  explicit Hello(kmod::UniqueArray<Greeting> greetings) : greetings_(std::move(greetings)) {}
  ~Hello() { pr_info("bye\n"); }

 private:
  kmod::UniqueArray<Greeting> greetings_;
};

kmod::Result<Hello> Hello::create() {
  const int count = times();
  if (count < 0 || count > most_greetings) {
    pr_err("times is %d: give a number from 0 to %d\n", count, most_greetings);
    return std::unexpected(kmod::einval);
  }

  auto greetings =
      KMOD_TRY(kmod::make_unique<Greeting[]>(kmod::Gfp::kernel, static_cast<std::size_t>(count)));
  std::ranges::fill(greetings, Greeting{who()});
  for (const char* whom : greetings.span() | std::views::transform(&Greeting::whom)) {
    pr_info("hello, %s\n", whom);
  }
  return kmod::Result<Hello>(std::in_place, std::move(greetings));
}

}  // namespace

KMOD_MODULE(Hello);
