// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kWarn:
      return "warn";
    case Verdict::kOops:
      return "oops";
    case Verdict::kPanic:
      return "panic";
    case Verdict::kHang:
      return "hang";
    case Verdict::kNoBoot:
      return "no_boot";
    case Verdict::kInfrastructure:
      return "infrastructure";
    case Verdict::kLeak:
      return "leak";
    case Verdict::kMissingLine:
      return "missing_line";
    case Verdict::kKasan:
      return "kasan";
    case Verdict::kLockdep:
      return "lockdep";
    case Verdict::kAtomicSleep:
      return "atomic_sleep";
    case Verdict::kObjectState:
      return "object_state";
    case Verdict::kUbsan:
      return "ubsan";
    case Verdict::kKmemleak:
      return "kmemleak";
    case Verdict::kKcsan:
      return "kcsan";
  }
  return "unknown";
}

Verdict verdict_of(ComplaintKind kind) {
  switch (kind) {
    case ComplaintKind::kRefusal:
      return Verdict::kFail;
    case ComplaintKind::kWarn:
      return Verdict::kWarn;
    case ComplaintKind::kLeak:
      return Verdict::kLeak;
    case ComplaintKind::kUbsan:
      return Verdict::kUbsan;
    case ComplaintKind::kObjectState:
      return Verdict::kObjectState;
    case ComplaintKind::kAtomicSleep:
      return Verdict::kAtomicSleep;
    case ComplaintKind::kLockdep:
      return Verdict::kLockdep;
    case ComplaintKind::kKcsan:
      return Verdict::kKcsan;
    case ComplaintKind::kKasan:
      return Verdict::kKasan;
    case ComplaintKind::kHang:
      return Verdict::kHang;
    case ComplaintKind::kOops:
      return Verdict::kOops;
    case ComplaintKind::kPanic:
      return Verdict::kPanic;
  }
  return Verdict::kInfrastructure;
}

}  // namespace kmod::vm
