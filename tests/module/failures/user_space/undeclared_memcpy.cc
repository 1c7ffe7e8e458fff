// SPDX-License-Identifier: MIT OR GPL-2.0-only
void Copy(void* to, const void* from);

void Copy(void* to, const void* from) { memcpy(to, from, 8); }
