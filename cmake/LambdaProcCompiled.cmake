# Defines lambda_proc::compiled and lambda_proc::compiled_events from the sources in lambda_proc_sources. The project that
# links one also builds it, so that it has that project's flags and simdjson.

add_library(lambda_proc_compiled STATIC EXCLUDE_FROM_ALL ${lambda_proc_sources}/lambda_proc.cpp)
target_link_libraries(lambda_proc_compiled PUBLIC lambda_proc::lambda_proc)
add_library(lambda_proc_compiled_events STATIC EXCLUDE_FROM_ALL ${lambda_proc_sources}/events.cpp)
target_link_libraries(lambda_proc_compiled_events PUBLIC lambda_proc_compiled)

# A package has other flags, and perhaps another simdjson, so it compiles everything itself.
set(unless_packaged $<NOT:$<BOOL:$<TARGET_PROPERTY:LAMBDA_PROC_PACKAGED>>>)
target_compile_definitions(lambda_proc_compiled
  PRIVATE LAMBDA_PROC_COMPILED INTERFACE $<${unless_packaged}:LAMBDA_PROC_COMPILED>)
target_compile_definitions(lambda_proc_compiled_events INTERFACE $<${unless_packaged}:LAMBDA_PROC_COMPILED_EVENTS>)

add_library(lambda_proc::compiled ALIAS lambda_proc_compiled)
add_library(lambda_proc::compiled_events ALIAS lambda_proc_compiled_events)
