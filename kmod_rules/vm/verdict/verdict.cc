// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/verdict/verdict.h"

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
    case Verdict::leak:
      return "leak";
    case Verdict::missing_line:
      return "missing_line";
  }
  return "unknown";
}

Verdict verdict_of(ComplaintKind kind) {
  switch (kind) {
    case ComplaintKind::refusal:
      return Verdict::fail;
    case ComplaintKind::warn:
      return Verdict::warn;
    case ComplaintKind::leak:
      return Verdict::leak;
    case ComplaintKind::hang:
      return Verdict::hang;
    case ComplaintKind::oops:
      return Verdict::oops;
    case ComplaintKind::panic:
      return Verdict::panic;
  }
  return Verdict::infrastructure;
}

}  // namespace kmod::vm
