/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM card

#if !defined(TESTS_MODULE_FROM_KBUILD_DRIVER_CORE_TRACE_H_) || defined(TRACE_HEADER_MULTI_READ)
#define TESTS_MODULE_FROM_KBUILD_DRIVER_CORE_TRACE_H_

#include <linux/tracepoint.h>

TRACE_EVENT(card_value, TP_PROTO(int value), TP_ARGS(value), TP_STRUCT__entry(__field(int, value)),
            TP_fast_assign(__entry->value = value;), TP_printk("value=%d", __entry->value));

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
