#pragma once
// SPDX-License-Identifier: MIT
// What an exception's type is called; failures and crash replies say it.

#include <exception>
#include <string>

#ifdef __cpp_rtti
#include <cxxabi.h>
#include <cstdlib>
#include <memory>
#include <typeinfo>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline std::string type_name([[maybe_unused]] const std::exception& thrown) {
#ifdef __cpp_rtti
  const char* const mangled = typeid(thrown).name();
  const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr),
                                                         &std::free);
  return name ? name.get() : mangled;
#else
  return "exception";
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
