# lambda_proc_package(): packages a program as a function for AWS Lambda, in a zip file.

set(lambda_proc_package_dir ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "Where LambdaProcBundle.cmake is")

# lambda_proc_package(TARGET [BUNDLE] [GLIBC VERSION])
#
# Adds the target package_TARGET. It builds the sources of the program TARGET again, as `bootstrap`, and creates
# TARGET.zip from it in the current binary directory, for AWS's runtimes provided.al2023 and provided.al2. Call it after
# TARGET has all its sources and libraries, in the same directory.
#
# The bootstrap is linked statically, so that it starts quickly and runs on any Linux. This requires static libraries of
# everything that TARGET links. simdjson's comes from the simdjson that CMake has found, or from
# LAMBDA_PROC_STATIC_SIMDJSON, the prefix of an installation.
#
# With BUNDLE the bootstrap is linked dynamically, and the libraries that it needs, except glibc's, are copied into lib/
# beside it. Packaging fails if one of them needs a newer glibc than the function's machine has: GLIBC, by default 2.34,
# the version of provided.al2023.
function(lambda_proc_package target)
  cmake_parse_arguments(PARSE_ARGV 1 package BUNDLE GLIBC "")
  if(package_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "lambda_proc_package: unknown arguments: ${package_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT package_GLIBC)
    set(package_GLIBC 2.34)
  endif()

  set(bootstrap ${target}_bootstrap)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${bootstrap}.dir)
  lambda_proc_copy_target(${target} ${bootstrap})
  set_target_properties(${bootstrap} PROPERTIES
    OUTPUT_NAME bootstrap RUNTIME_OUTPUT_DIRECTORY ${folder} LAMBDA_PROC_PACKAGED TRUE)
  target_compile_options(${bootstrap} PRIVATE -O2 -ffunction-sections -fdata-sections
    "SHELL:-include ${lambda_proc_package_dir}/lambda_proc_package.hpp")
  target_link_options(${bootstrap} PRIVATE -s -Wl,--gc-sections)

  set(zip ${CMAKE_CURRENT_BINARY_DIR}/${target}.zip)
  set(content bootstrap)
  set(bundle COMMAND ${CMAKE_COMMAND} -E true)
  if(package_BUNDLE)
    set(content bootstrap lib)
    set(bundle COMMAND ${CMAKE_COMMAND} -DBOOTSTRAP=$<TARGET_FILE:${bootstrap}> -DGLIBC=${package_GLIBC}
      -DOBJDUMP=${CMAKE_OBJDUMP} -P ${lambda_proc_package_dir}/LambdaProcBundle.cmake)
  else()
    set_target_properties(${bootstrap} PROPERTIES LAMBDA_PROC_STATIC TRUE)
    target_link_options(${bootstrap} PRIVATE -static)
    lambda_proc_find_static_simdjson(found)
    if(NOT found)
      # An error at build time, not at configure time, since the program itself can be built.
      string(CONCAT why "lambda_proc_package: there is no static library of simdjson. Debian 13 and newer have one "
        "(libsimdjson-dev, libsimdjson_static.a). Or build simdjson with BUILD_SHARED_LIBS=OFF and set "
        "LAMBDA_PROC_STATIC_SIMDJSON to the prefix of its installation. Or pass BUNDLE.")
      set(bundle COMMAND ${CMAKE_COMMAND} -E echo "${why}" COMMAND ${CMAKE_COMMAND} -E false)
    endif()
  endif()

  # A fixed date, so that equal programs give equal files.
  add_custom_target(package_${target}
    ${bundle}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${zip}
    COMMAND ${CMAKE_COMMAND} -E tar cf ${zip} --format=zip "--mtime=1980-01-02 00:00:00 UTC" -- ${content}
    WORKING_DIRECTORY ${folder} COMMENT "Packaging ${target}.zip" VERBATIM)
  if(package_BUNDLE OR found)
    add_dependencies(package_${target} ${bootstrap})
  endif()
endfunction()

# Adds a program with the same sources, libraries and options.
function(lambda_proc_copy_target from to)
  get_target_property(directory ${from} SOURCE_DIR)
  get_target_property(sources ${from} SOURCES)
  set(absolute)
  foreach(source IN LISTS sources)
    if(NOT source MATCHES "^\\$<")
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${directory})
    endif()
    list(APPEND absolute ${source})
  endforeach()
  add_executable(${to} EXCLUDE_FROM_ALL ${absolute})
  foreach(property IN ITEMS LINK_LIBRARIES LINK_OPTIONS INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FEATURES
      CXX_STANDARD CXX_STANDARD_REQUIRED CXX_EXTENSIONS)
    get_target_property(value ${from} ${property})
    if(NOT value MATCHES "-NOTFOUND$")
      set_target_properties(${to} PROPERTIES ${property} "${value}")
    endif()
  endforeach()
endfunction()

# Makes lambda_proc::simdjson static for packages. FALSE if there is no static library.
function(lambda_proc_find_static_simdjson found)
  set(${found} TRUE PARENT_SCOPE)
  if(NOT TARGET lambda_proc::static_simdjson)
    return() # lambda_proc::simdjson is already static
  endif()
  get_target_property(known lambda_proc::static_simdjson INTERFACE_LINK_LIBRARIES)
  if(known)
    return()
  endif()
  # The project's own script/bootstrap installs it there.
  set(prefixes ${LAMBDA_PROC_STATIC_SIMDJSON} ${lambda_proc_package_dir}/../build/deps/simdjson/usr)
  find_library(LAMBDA_PROC_STATIC_SIMDJSON_LIBRARY NAMES libsimdjson_static.a libsimdjson.a
    PATHS ${prefixes} PATH_SUFFIXES lib lib64 lib/${CMAKE_LIBRARY_ARCHITECTURE} NO_DEFAULT_PATH)
  find_path(LAMBDA_PROC_STATIC_SIMDJSON_INCLUDE simdjson.h PATHS ${prefixes} PATH_SUFFIXES include NO_DEFAULT_PATH)
  mark_as_advanced(LAMBDA_PROC_STATIC_SIMDJSON_LIBRARY LAMBDA_PROC_STATIC_SIMDJSON_INCLUDE)
  if(LAMBDA_PROC_STATIC_SIMDJSON_LIBRARY AND LAMBDA_PROC_STATIC_SIMDJSON_INCLUDE)
    set_target_properties(lambda_proc::static_simdjson PROPERTIES
      INTERFACE_LINK_LIBRARIES ${LAMBDA_PROC_STATIC_SIMDJSON_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES ${LAMBDA_PROC_STATIC_SIMDJSON_INCLUDE})
  else()
    set(${found} FALSE PARENT_SCOPE)
  endif()
endfunction()
