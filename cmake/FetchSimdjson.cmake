# Defines lambda_proc::simdjson from downloaded sources, for machines with internet access but without simdjson.

option(LAMBDA_PROC_FETCH_SIMDJSON "Download simdjson if it is not installed" ON)
set(missing "lambda_proc needs simdjson (3.0.1 to 4.x). Install it (Debian: libsimdjson-dev) or point CMAKE_PREFIX_PATH "
            "at it")
string(CONCAT missing ${missing})
if(NOT LAMBDA_PROC_FETCH_SIMDJSON)
  message(FATAL_ERROR "${missing}, or set LAMBDA_PROC_FETCH_SIMDJSON to download it.")
endif()
message(STATUS "${missing}. Trying to download it now.")

include(FetchContent)
FetchContent_Declare(simdjson
  GIT_REPOSITORY https://github.com/simdjson/simdjson.git
  GIT_TAG cdeb069ad1e8cb2fb479cbb22695cb666cea99ac) # v4.6.7
FetchContent_MakeAvailable(simdjson)
add_library(lambda_proc::simdjson INTERFACE IMPORTED GLOBAL)
target_link_libraries(lambda_proc::simdjson INTERFACE simdjson)
