#include <lambda_proc/handler/response_stream.hpp>
