# Options and flags for the project's own programs; consumers don't get them.

option(LAMBDA_PROC_WARNINGS_AS_ERRORS "Stop at warnings" OFF)
option(LAMBDA_PROC_SINGLE_INCLUDE "Build against single_include/ instead of include/" OFF)

option(LAMBDA_PROC_FUZZ "Build the fuzz targets (needs clang)" OFF)

add_library(lambda_proc_dev INTERFACE)
target_compile_options(lambda_proc_dev INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
  # In a unity build, local names may hide those of other sources.
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>
  $<$<CXX_COMPILER_ID:GNU>:-Wuseless-cast;-Wlogical-op>
  $<$<BOOL:${LAMBDA_PROC_WARNINGS_AS_ERRORS}>:-Werror>)

if(LAMBDA_PROC_SINGLE_INCLUDE)
  set(forwarding ${PROJECT_BINARY_DIR}/single_include)
  # Each header of include/ forwards to the single header, so that the same sources compile against both trees.
  get_target_property(headers lambda_proc HEADER_SET)
  foreach(header IN LISTS headers)
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/include)
    set(whole lambda_proc/lambda_proc.hpp)
    if(header MATCHES "^lambda_proc/events/")
      set(whole lambda_proc/events.hpp)
    endif()
    if(NOT EXISTS ${PROJECT_SOURCE_DIR}/single_include/${header})
      file(CONFIGURE OUTPUT ${forwarding}/${header} CONTENT "#include <${whole}>\n")
    endif()
  endforeach()
  target_include_directories(lambda_proc_dev INTERFACE ${PROJECT_SOURCE_DIR}/single_include ${forwarding})
  target_compile_features(lambda_proc_dev INTERFACE cxx_std_20)
  target_link_libraries(lambda_proc_dev INTERFACE lambda_proc::simdjson)
else()
  target_link_libraries(lambda_proc_dev INTERFACE lambda_proc::compiled)
endif()
