// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/verdict.h"

namespace kmod::vm {

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::warn:
      return "warn";
    case Verdict::oops:
      return "oops";
    case Verdict::panic:
      return "panic";
    case Verdict::hang:
      return "hang";
    case Verdict::no_boot:
      return "no_boot";
    case Verdict::infrastructure:
      return "infrastructure";
  }
  return "unknown";
}

}  // namespace kmod::vm
