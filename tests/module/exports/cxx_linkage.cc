// SPDX-License-Identifier: MIT OR GPL-2.0-only
namespace drv {

int cxx_scale(int value);  // the fault: its symbol is not cxx_scale

int cxx_scale(int value) { return 3 * value; }

}  // namespace drv
