#pragma once
// All public headers.

#include <lambda_proc/events.hpp>
#include <lambda_proc/lambda_proc.hpp>
#include <lambda_proc/testing.hpp>

#include <string>
#include <string_view>
