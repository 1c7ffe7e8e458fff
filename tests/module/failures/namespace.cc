// SPDX-License-Identifier: MIT OR GPL-2.0-only
extern "C" void dma_buf_put(void* buffer);

void Put(void* buffer);

void Put(void* buffer) { dma_buf_put(buffer); }
