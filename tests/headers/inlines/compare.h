// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares functions in C++ with the same functions in C, over values.
#ifndef TESTS_HEADERS_INLINES_COMPARE_H_
#define TESTS_HEADERS_INLINES_COMPARE_H_

#include <cstddef>
#include <type_traits>
#include <utility>

namespace inlines {

struct Parameter {
  bool is_pointer = false;
  bool is_bool = false;
};

// Calls a function with arguments that are converted to its types.
using Call = unsigned long (*)(void (*function)(), const unsigned long* arguments);

struct Pair {
  const char* name;
  void (*cxx)();
  void (*c)();
  Call call;
  const Parameter* parameters;
  unsigned count;         // of parameters
  const char* arguments;  // what they need: see translator/pure_inlines.h
};

// Counts the pair, and prints its name if the two functions do not do the same.
void compare(const Pair& pair);

struct Counts {
  unsigned compared;
  unsigned different;
};
extern Counts counts;

template <class T>
T from_number(unsigned long number) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<T>(number);  // NOLINT(performance-no-int-to-ptr)
  } else {
    return static_cast<T>(number);
  }
}

template <class R, class... A>
struct Caller {
  static unsigned long call(void (*function)(), const unsigned long* arguments) {
    return call(function, arguments, std::index_sequence_for<A...>());
  }

  template <std::size_t... I>
  static unsigned long call(void (*function)(), [[maybe_unused]] const unsigned long* arguments,
                            std::index_sequence<I...> /*indices*/) {
    const auto typed = reinterpret_cast<R (*)(A...)>(function);
    if constexpr (std::is_void_v<R>) {
      typed(from_number<A>(arguments[I])...);
      return 0;
    } else if constexpr (std::is_pointer_v<R>) {
      return reinterpret_cast<unsigned long>(typed(from_number<A>(arguments[I])...));
    } else {
      return static_cast<unsigned long>(typed(from_number<A>(arguments[I])...));
    }
  }

  static constexpr Parameter parameters[sizeof...(A) + 1] = {
      {.is_pointer = std::is_pointer_v<A>, .is_bool = std::is_same_v<A, bool>}...};
};

}  // namespace inlines

// Both functions have the same type.
template <class R, class... A>
[[gnu::noinline]] void compare_inline(const char* name, R (*cxx)(A...), R (*c)(A...),
                                      const char* arguments) {
  using Caller = inlines::Caller<R, A...>;
  inlines::compare({.name = name,
                    .cxx = reinterpret_cast<void (*)()>(cxx),
                    .c = reinterpret_cast<void (*)()>(c),
                    .call = Caller::call,
                    .parameters = Caller::parameters,
                    .count = sizeof...(A),
                    .arguments = arguments});
}

// Compares all pairs of the module.
void compare_inlines();

#endif  // TESTS_HEADERS_INLINES_COMPARE_H_
