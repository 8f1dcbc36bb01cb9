#include <lambda_proc/handler/http_head.hpp>
