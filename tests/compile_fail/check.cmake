# Compiles a program that must not compile: the first error is ours, names what it should, and all is short.
#
#     cmake -DCOMMAND=… -DEXPECTED="sentence <- further text" -DMOST_LINES=15 -P check.cmake
set(ENV{LC_ALL} C)
execute_process(COMMAND ${COMMAND} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
if(status EQUAL 0)
  message(FATAL_ERROR "it compiles")
endif()

string(REPLACE " <- " ";" expected "${EXPECTED}")
list(POP_FRONT expected sentence)
string(REGEX MATCH "[^\n]*error: [^\n]*" first "${output}")
if(NOT first MATCHES "${sentence}")
  message(FATAL_ERROR "the first error is not \"${sentence}\":\n${output}")
endif()
foreach(text IN LISTS expected)
  if(NOT output MATCHES "${text}")
    message(FATAL_ERROR "nothing says \"${text}\":\n${output}")
  endif()
endforeach()

string(REGEX MATCHALL "\n" lines "${output}")
list(LENGTH lines count)
if(count GREATER MOST_LINES)
  message(FATAL_ERROR "${count} lines are more than ${MOST_LINES}:\n${output}")
endif()
