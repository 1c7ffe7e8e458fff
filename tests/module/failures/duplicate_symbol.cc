// SPDX-License-Identifier: MIT OR GPL-2.0-only
namespace driver {

int Twice();

int Twice() { return 2; }

}  // namespace driver
