#include <lambda_proc/runtime_api/streamed_response.hpp>
