#include <lambda_proc/runtime_api/chunked_writer.hpp>
