#pragma once
// SPDX-License-Identifier: MIT
// An exception's type name and message, for failures and crash replies.

#include <exception>
#include <string>
#include <string_view>

#ifdef __cpp_rtti
#include <cxxabi.h>
#include <cstdlib>
#include <typeinfo>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline std::string type_name([[maybe_unused]] const std::exception& thrown) {
#ifdef __cpp_rtti
  const char* const mangled = typeid(thrown).name();
  char* const demangled = abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr);
  std::string name = demangled != nullptr ? demangled : mangled;
  std::free(demangled);
  return name;
#else
  return "exception";
#endif
}

/// Empty if what() returns null, as a class derived from std::exception may.
inline std::string_view message_of(const std::exception& thrown) noexcept {
  const char* const message = thrown.what();
  return message == nullptr ? std::string_view{} : message;
}

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
