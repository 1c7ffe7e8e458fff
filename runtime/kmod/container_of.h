// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The object that a member belongs to: the kernel's container_of(), checked by the type of the
// member.
//
//   void tick(work_struct* work) {
//     Clock* clock = kmod::container_of<&Clock::work_>(work);
//
// Context: any.
#ifndef RUNTIME_KMOD_CONTAINER_OF_H_
#define RUNTIME_KMOD_CONTAINER_OF_H_

#include <cstddef>
#include <type_traits>

// The kernel's headers make it an error that names this header.
#undef container_of

namespace kmod {

// Internal: what a pointer to a member says.
template <auto Member>
struct MemberTraits;
template <class OwnerType, class ValueType, ValueType OwnerType::* Member>
struct MemberTraits<Member> {
  using Owner = OwnerType;
  using Value = ValueType;
  // The kernel is compiled with -fno-delete-null-pointer-checks.
  static std::size_t offset() {
    return reinterpret_cast<std::size_t>(&(static_cast<Owner*>(nullptr)->*Member));
  }
};

// `pointer` has to point to that member of an Owner.
template <auto Member>
[[nodiscard]] auto* container_of(typename MemberTraits<Member>::Value* pointer) {
  using Traits = MemberTraits<Member>;
  return reinterpret_cast<typename Traits::Owner*>(reinterpret_cast<std::byte*>(pointer) -
                                                   Traits::offset());
}

}  // namespace kmod

#endif  // RUNTIME_KMOD_CONTAINER_OF_H_
