// SPDX-License-Identifier: MIT OR GPL-2.0-only
#pragma once

#define HEADER_ELSEWHERE 1
