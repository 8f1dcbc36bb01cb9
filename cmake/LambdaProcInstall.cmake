# Headers, the sources of the compiled libraries, package config and pkg-config file.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/lambda_proc)

install(TARGETS lambda_proc EXPORT lambda_proc FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT lambda_proc NAMESPACE lambda_proc:: DESTINATION ${package_dir} FILE lambda_proc-targets.cmake)

write_basic_package_version_file(${PROJECT_BINARY_DIR}/lambda_proc-config-version.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${PROJECT_SOURCE_DIR}/src/events.cpp
  ${PROJECT_SOURCE_DIR}/src/lambda_proc.cpp
  ${PROJECT_SOURCE_DIR}/cmake/LambdaProcBundle.cmake
  ${PROJECT_SOURCE_DIR}/cmake/LambdaProcCompiled.cmake
  ${PROJECT_SOURCE_DIR}/cmake/LambdaProcPackage.cmake
  ${PROJECT_SOURCE_DIR}/cmake/lambda_proc-config.cmake
  ${PROJECT_SOURCE_DIR}/cmake/lambda_proc_package.hpp
  ${PROJECT_SOURCE_DIR}/cmake/LambdaProcSimdjson.cmake
  ${PROJECT_BINARY_DIR}/lambda_proc-config-version.cmake
  DESTINATION ${package_dir})

configure_file(${PROJECT_SOURCE_DIR}/cmake/lambda_proc.pc.in ${PROJECT_BINARY_DIR}/lambda_proc.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/lambda_proc.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
