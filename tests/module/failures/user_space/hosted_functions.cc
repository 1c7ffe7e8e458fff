// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <cstdio>
#include <cstdlib>
#include <cstring>

void* Allocate();
long Number(const char* text);
void Print(const char* text);
void Copy(char* to, const char* from);

void* Allocate() { return std::malloc(64); }
long Number(const char* text) { return std::strtol(text, nullptr, 10); }
void Print(const char* text) { std::printf("%s", text); }
void Copy(char* to, const char* from) { std::strncpy(to, from, 8); }
