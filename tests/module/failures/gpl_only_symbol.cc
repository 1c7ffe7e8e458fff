// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" int device_register(void* device);

int Register(void* device);

int Register(void* device) { return device_register(device) + 1; }
