// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A name that the demanglers of binutils and libstdc++ cannot parse.
template <class T>
  requires(sizeof(T) > 1)
[[gnu::noinline]] int Scale(T value) {
  return static_cast<int>(static_cast<float>(value) * 1.5F);
}

template int Scale<int>(int);
