# Copies the libraries that a bootstrap needs into lib/ beside it: cmake -DBOOTSTRAP=… -DGLIBC=… -DOBJDUMP=… -P … Fails
# if one of them needs a newer glibc. lambda_proc_package(… BUNDLE) runs it.

cmake_path(GET BOOTSTRAP PARENT_PATH folder)
file(REMOVE_RECURSE ${folder}/lib)
file(MAKE_DIRECTORY ${folder}/lib)

# glibc's own libraries must match the machine's dynamic loader, so they are not copied.
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${BOOTSTRAP} RESOLVED_DEPENDENCIES_VAR libraries UNRESOLVED_DEPENDENCIES_VAR missing
  POST_EXCLUDE_REGEXES "/(ld-linux[^/]*|lib(c|m|mvec|dl|rt|pthread|resolv|util|anl|nsl|nss_[^/]*))\\.so[^/]*$")
if(missing)
  message(FATAL_ERROR "lambda_proc_package: these libraries are not found: ${missing}")
endif()

set(too_new "")
foreach(file IN ITEMS ${BOOTSTRAP} LISTS libraries)
  cmake_path(GET file FILENAME name)
  execute_process(COMMAND ${OBJDUMP} -T ${file} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "GLIBC_[0-9.]+\\)? +[^ \n]+" needed "${symbols}")
  foreach(one IN LISTS needed)
    string(REGEX MATCH "GLIBC_([0-9.]+)\\)? +(.+)" all "${one}")
    if(CMAKE_MATCH_1 VERSION_GREATER GLIBC)
      string(APPEND too_new "\n  ${name}: ${CMAKE_MATCH_2} needs glibc ${CMAKE_MATCH_1}")
    endif()
  endforeach()
endforeach()
if(too_new)
  message(FATAL_ERROR "lambda_proc_package: the function's machine has glibc ${GLIBC}, which is too old:${too_new}\n"
    "Link statically (without BUNDLE), or build on a system with that glibc: for provided.al2023 on Amazon Linux 2023.")
endif()

# Each library gets the name that the loader asks for, because a zip file has no links.
foreach(library IN LISTS libraries)
  cmake_path(GET library FILENAME name)
  configure_file(${library} ${folder}/lib/${name} COPYONLY)
endforeach()
