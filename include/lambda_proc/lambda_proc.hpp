#pragma once
// SPDX-License-Identifier: MIT
// All public headers except events.hpp, and testing.hpp, which is for tests.

#include <lambda_proc/core/failure.hpp>
#include <lambda_proc/core/version.hpp>

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/io/framing.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/io/reply_writer.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/obstacle.hpp>
#include <lambda_proc/json/reflect.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/encode.hpp>
#include <lambda_proc/log/log.hpp>

#include <lambda_proc/handler/event.hpp>
#include <lambda_proc/handler/request.hpp>

#include <lambda_proc/handler/handler.hpp>
#include <lambda_proc/wire/apex.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>
#include <lambda_proc/wire/lines.hpp>
#include <lambda_proc/wire/openwhisk.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <lambda_proc/serve/line_channel.hpp>
#include <lambda_proc/serve/serve.hpp>

#include <lambda_proc/process/run.hpp>
