# Defines lambda_proc::simdjson if an installed simdjson is found: its static library if there is one, since a handler's
# start is part of its first request. Used by this project's build and by its package config.

# No version argument, because simdjson's own config accepts only its own minor version.
find_package(simdjson CONFIG QUIET)
if(simdjson_FOUND)
  if(simdjson_VERSION VERSION_LESS 3.0.1 OR simdjson_VERSION VERSION_GREATER_EQUAL 5)
    message(WARNING "lambda_proc: simdjson ${simdjson_VERSION} in ${simdjson_DIR} is not between 3.0.1 and 4.x")
  elseif(NOT TARGET lambda_proc::simdjson)
    add_library(lambda_proc::simdjson INTERFACE IMPORTED)
    if(TARGET simdjson::simdjson_static)
      target_link_libraries(lambda_proc::simdjson INTERFACE simdjson::simdjson_static)
    else()
      # For packages lambda_proc_package() finds a static library.
      add_library(lambda_proc::static_simdjson INTERFACE IMPORTED GLOBAL)
      target_link_libraries(lambda_proc::simdjson INTERFACE
        $<IF:$<BOOL:$<TARGET_PROPERTY:LAMBDA_PROC_STATIC>>,lambda_proc::static_simdjson,simdjson::simdjson>)
    endif()
  endif()
endif()
