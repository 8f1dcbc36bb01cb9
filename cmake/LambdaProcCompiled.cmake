# Defines lambda_proc::compiled from the library's only source file, lambda_proc_source. The project that links it also
# builds it, so that it has that project's flags and simdjson.

add_library(lambda_proc_compiled STATIC EXCLUDE_FROM_ALL ${lambda_proc_source})
add_library(lambda_proc::compiled ALIAS lambda_proc_compiled)
target_link_libraries(lambda_proc_compiled PUBLIC lambda_proc::lambda_proc)
# A package has other flags, and perhaps another simdjson, so it compiles everything itself.
target_compile_definitions(lambda_proc_compiled PRIVATE LAMBDA_PROC_COMPILED
  INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:LAMBDA_PROC_PACKAGED>>>:LAMBDA_PROC_COMPILED>)
