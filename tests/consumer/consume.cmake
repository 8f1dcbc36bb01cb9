# Gets the library in one WAY as a user would, builds a program and checks its reply:
#   cmake -DWAY=… -DLIBRARY_SOURCE=… -DDIRECTORY=… -DCOMPILER=… -DPREFIX_PATH=… -P consume.cmake

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(ENV{CMAKE_GENERATOR} Ninja)  # Make may not be installed
file(REMOVE_RECURSE ${DIRECTORY})
set(prefix ${DIRECTORY}/prefix)
if(WAY MATCHES "find_package|pkg_config")
  # As in the README, for a user who doesn't have Catch2.
  run(${CMAKE_COMMAND} -S ${LIBRARY_SOURCE} -B ${DIRECTORY}/library -DCMAKE_DISABLE_FIND_PACKAGE_Catch2=ON
    -DCMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_PREFIX_PATH=${PREFIX_PATH}")
  run(${CMAKE_COMMAND} --install ${DIRECTORY}/library --prefix ${prefix})
endif()
set(ENV{PKG_CONFIG_PATH} ${prefix}/share/pkgconfig)

# The bundled libraries need this machine's glibc.
execute_process(COMMAND getconf GNU_LIBC_VERSION OUTPUT_VARIABLE glibc COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "[0-9.]+" glibc ${glibc})
set(configure ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${DIRECTORY}/build
  -DWAY=${WAY}
  -DGLIBC=${glibc}
  -DLAMBDA_PROC_STATIC_SIMDJSON=${LIBRARY_SOURCE}/build/deps/simdjson/usr
  -DCMAKE_CXX_COMPILER=${COMPILER}
  "-DCMAKE_PREFIX_PATH=${prefix};${PREFIX_PATH}"
  -DLAMBDA_PROC_SOURCE_DIR=${LIBRARY_SOURCE}
  -DFETCHCONTENT_SOURCE_DIR_LAMBDA_PROC=${LIBRARY_SOURCE})
run(${configure})
run(${CMAKE_COMMAND} --build ${DIRECTORY}/build)

file(WRITE ${DIRECTORY}/requests "{\"event\":{\"n\":21}}\n")
set(programs consumer)
if(NOT WAY STREQUAL pkg_config)
  list(APPEND programs consumer_compiled)
endif()
if(WAY STREQUAL find_package)
  # Packages for AWS Lambda. Without a runtime API the functions behave like any other program.
  foreach(program IN ITEMS consumer consumer_compiled)
    run(${CMAKE_COMMAND} --build ${DIRECTORY}/build --target package_${program})
    file(ARCHIVE_EXTRACT INPUT ${DIRECTORY}/build/${program}.zip DESTINATION ${DIRECTORY}/build/${program}_function)
    list(APPEND programs ${program}_function/bootstrap)
  endforeach()
endif()
foreach(program IN LISTS programs)
  execute_process(COMMAND ${DIRECTORY}/build/${program} INPUT_FILE ${DIRECTORY}/requests OUTPUT_VARIABLE replies
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT replies STREQUAL "{\"proc_req_id\":0,\"error\":null,\"data\":{\"n\":42}}\n")
    message(FATAL_ERROR "${program} replied ${replies}")
  endif()
endforeach()

if(WAY STREQUAL find_package)
  run(${CMAKE_COMMAND} --build ${DIRECTORY}/build --target consumer_events)
  file(WRITE ${DIRECTORY}/events "{\"event\":{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"\"}]}}\n")
  execute_process(COMMAND ${DIRECTORY}/build/consumer_events INPUT_FILE ${DIRECTORY}/events OUTPUT_VARIABLE replies
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT replies STREQUAL "{\"proc_req_id\":0,\"error\":null,\"data\":{\"index\":1}}\n")
    message(FATAL_ERROR "consumer_events replied ${replies}")
  endif()
endif()

# Libraries that need a newer glibc than the function's machine has are refused by name.
if(WAY STREQUAL find_package)
  run(${configure} -DGLIBC=2.2)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${DIRECTORY}/build --target package_consumer_compiled
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(result EQUAL 0 OR NOT output MATCHES "libstdc.*: [a-z_0-9]+ needs glibc 2\\.")
    message(FATAL_ERROR "libraries that need a newer glibc were packaged, or refused without a name: ${output}")
  endif()
endif()
