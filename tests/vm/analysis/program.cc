// SPDX-License-Identifier: MIT OR GPL-2.0-only
int main() { return 0; }
