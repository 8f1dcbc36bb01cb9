// SPDX-License-Identifier: MIT
// The library lambda_proc::compiled: what does not depend on the handler's type, compiled once for all programs that
// link it.

#include <lambda_proc/core/catch_failures_definitions.hpp>
#include <lambda_proc/core/decimal_definitions.hpp>
#include <lambda_proc/core/out_of_memory_definitions.hpp>
#include <lambda_proc/events/epoch_time_definitions.hpp>
#include <lambda_proc/handler/deferred_value_definitions.hpp>
#include <lambda_proc/handler/http_head_definitions.hpp>
#include <lambda_proc/handler/request_definitions.hpp>
#include <lambda_proc/handler/stream_writer_definitions.hpp>
#include <lambda_proc/io/busy_poller_definitions.hpp>
#include <lambda_proc/io/framing_definitions.hpp>
#include <lambda_proc/io/input_descriptor_definitions.hpp>
#include <lambda_proc/json/checked_text_definitions.hpp>
#include <lambda_proc/json/decode_error_definitions.hpp>
#include <lambda_proc/json/decode_scalar_definitions.hpp>
#include <lambda_proc/json/decode_table_definitions.hpp>
#include <lambda_proc/json/escaped_key_definitions.hpp>
#include <lambda_proc/json/json_checker_definitions.hpp>
#include <lambda_proc/json/json_text_definitions.hpp>
#include <lambda_proc/json/json_writer_definitions.hpp>
#include <lambda_proc/log/log_definitions.hpp>
#include <lambda_proc/process/run_process_definitions.hpp>
