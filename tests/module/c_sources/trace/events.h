/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM c_sources

#if !defined(TESTS_MODULE_C_SOURCES_TRACE_EVENTS_H_) || defined(TRACE_HEADER_MULTI_READ)
#define TESTS_MODULE_C_SOURCES_TRACE_EVENTS_H_

#include <linux/tracepoint.h>

TRACE_EVENT(c_sources_hit, TP_PROTO(int count), TP_ARGS(count),
            TP_STRUCT__entry(__field(int, count)), TP_fast_assign(__entry->count = count;),
            TP_printk("count=%d", __entry->count));

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE events
#include <trace/define_trace.h>
