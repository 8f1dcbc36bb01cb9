#pragma once
// SPDX-License-Identifier: MIT
// The umbrella: all public headers, from the bottom up. testing.hpp is for tests and stays apart.

#include <lambda_proc/failure.hpp>
#include <lambda_proc/version.hpp>

#include <lambda_proc/context.hpp>
#include <lambda_proc/framing.hpp>
#include <lambda_proc/json_writer.hpp>
#include <lambda_proc/line_reader.hpp>
#include <lambda_proc/reflect.hpp>
#include <lambda_proc/reply_writer.hpp>

#include <lambda_proc/decode.hpp>
#include <lambda_proc/encode.hpp>
#include <lambda_proc/log.hpp>

#include <lambda_proc/event.hpp>
#include <lambda_proc/request.hpp>

#include <lambda_proc/handler.hpp>
#include <lambda_proc/wire/apex.hpp>
#include <lambda_proc/wire/lambda_proc.hpp>
#include <lambda_proc/wire/lines.hpp>
#include <lambda_proc/wire/openwhisk.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <lambda_proc/line_channel.hpp>
#include <lambda_proc/serve.hpp>

#include <lambda_proc/run.hpp>
