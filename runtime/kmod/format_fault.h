// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Internal: checks a format of printk() against the types of its arguments at compile time. The
// compiler's own -Wformat knows the C library's printf(): it allows %f, %n and %lc, which the
// kernel does not print, and it can be switched off.
#ifndef RUNTIME_KMOD_FORMAT_FAULT_H_
#define RUNTIME_KMOD_FORMAT_FAULT_H_

#include <cstddef>
#include <type_traits>

namespace kmod {

// What is wrong with a format and its arguments.
enum class FormatFault {
  none,
  no_newline,
  incomplete_conversion,
  unknown_conversion,
  floating_point,
  too_few_arguments,
  too_many_arguments,
  not_an_integer,
  wrong_integer_size,
  not_a_string,
  not_a_pointer,
};

// What printk() can tell apart in its arguments, after the promotions of a variadic call.
enum class FormatArgument { int32, int64, string, pointer, floating_point, other };

template <class T>
consteval FormatArgument format_argument() {
  if constexpr (std::is_floating_point_v<T>) {
    return FormatArgument::floating_point;
  } else if constexpr (std::is_integral_v<T> ||
                       (std::is_enum_v<T> && std::is_convertible_v<T, long>)) {
    return sizeof(T) <= 4   ? FormatArgument::int32
           : sizeof(T) == 8 ? FormatArgument::int64
                            : FormatArgument::other;
  } else if constexpr (std::is_pointer_v<T>) {
    using Pointee = std::remove_cv_t<std::remove_pointer_t<T>>;
    return std::is_same_v<Pointee, char> ? FormatArgument::string : FormatArgument::pointer;
  } else {
    return FormatArgument::other;
  }
}

// The grammar of lib/vsprintf.c: %[-+ #0][width][.precision][hh|h|l|ll|L|z|t]conversion, where
// width and precision may be
// `*`. What follows %p (as in %pI4) only tells how to print and takes no argument.
class FormatScanner {
 public:
  consteval FormatScanner(const char* format, const FormatArgument* arguments, std::size_t count)
      : at_(format), argument_(arguments), last_argument_(arguments + count) {}

  consteval FormatFault fault() {
    char last = '\0';
    while (*at_ != '\0') {
      last = *at_++;
      if (last == '%') {
        last = '\0';
        if (const FormatFault fault = conversion(); fault != FormatFault::none) {
          return fault;
        }
      }
    }
    if (argument_ != last_argument_) {
      return FormatFault::too_many_arguments;
    }
    return last == '\n' ? FormatFault::none : FormatFault::no_newline;
  }

 private:
  consteval FormatFault conversion() {
    while (one_of("-+ #0")) {
    }
    if (const FormatFault fault = width(); fault != FormatFault::none) {
      return fault;
    }
    if (one_of(".")) {
      if (const FormatFault fault = width(); fault != FormatFault::none) {
        return fault;
      }
    }
    FormatArgument integer = FormatArgument::int32;
    bool qualified = true;
    if (one_of("h")) {
      one_of("h");
    } else if (one_of("l")) {
      one_of("l");
      integer = FormatArgument::int64;
    } else if (one_of("Lzt")) {
      integer = FormatArgument::int64;
    } else {
      qualified = false;
    }
    const char kind = *at_;
    if (kind == '\0') {
      return FormatFault::incomplete_conversion;
    }
    ++at_;
    switch (kind) {
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return take_integer(integer);
      case 'a':
      case 'A':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return FormatFault::floating_point;
      default:
        return qualified ? FormatFault::unknown_conversion : plain_conversion(kind);
    }
  }

  consteval FormatFault plain_conversion(char kind) {
    switch (kind) {
      case '%':
        return FormatFault::none;
      case 'c':
        return take_integer(FormatArgument::int32);
      case 's':
        return take(FormatArgument::string) ? FormatFault::none
                                            : missing_or(FormatFault::not_a_string);
      case 'p':
        return take(FormatArgument::pointer) || take(FormatArgument::string)
                   ? FormatFault::none
                   : missing_or(FormatFault::not_a_pointer);
      default:
        return FormatFault::unknown_conversion;
    }
  }

  consteval FormatFault width() {
    if (one_of("*")) {
      return take_integer(FormatArgument::int32);
    }
    while (one_of("0123456789")) {
    }
    return FormatFault::none;
  }

  consteval FormatFault take_integer(FormatArgument wanted) {
    if (take(wanted)) {
      return FormatFault::none;
    }
    if (argument_ != last_argument_ &&
        (*argument_ == FormatArgument::int32 || *argument_ == FormatArgument::int64)) {
      return FormatFault::wrong_integer_size;
    }
    return missing_or(FormatFault::not_an_integer);
  }

  [[nodiscard]] consteval FormatFault missing_or(FormatFault fault) const {
    return argument_ == last_argument_ ? FormatFault::too_few_arguments : fault;
  }

  consteval bool take(FormatArgument wanted) {
    if (argument_ == last_argument_ || *argument_ != wanted) {
      return false;
    }
    ++argument_;
    return true;
  }

  consteval bool one_of(const char* set) {
    for (; *set != '\0'; ++set) {
      if (*at_ == *set) {
        ++at_;
        return true;
      }
    }
    return false;
  }

  const char* at_;
  const FormatArgument* argument_;
  const FormatArgument* last_argument_;
};

// FormatCheck<int, const char*>::fault("%d %s\n").
template <class... Arguments>
struct FormatCheck {
  static consteval FormatFault fault(const char* format) {
    // One more, because an array of none is not C++.
    const FormatArgument arguments[] = {format_argument<Arguments>()..., FormatArgument::other};
    return FormatScanner(format, arguments, sizeof...(Arguments)).fault();
  }
};

// For decltype() only: the types of arguments as a variadic call passes them.
template <class... Arguments>
FormatCheck<Arguments...> format_check(Arguments... arguments);

}  // namespace kmod

#endif  // RUNTIME_KMOD_FORMAT_FAULT_H_
