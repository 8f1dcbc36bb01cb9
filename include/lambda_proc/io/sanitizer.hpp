#pragma once
// SPDX-License-Identifier: MIT
// Poisons memory whose content is no longer valid, for AddressSanitizer.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define LAMBDA_PROC_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LAMBDA_PROC_ASAN 1
#endif
#endif

#ifdef LAMBDA_PROC_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace lambda_proc {
inline namespace v0 {
namespace detail {

#ifdef LAMBDA_PROC_ASAN
inline constexpr bool has_asan = true;
inline void poison(const void* p, std::size_t size) noexcept { __asan_poison_memory_region(p, size); }
inline void unpoison(const void* p, std::size_t size) noexcept { __asan_unpoison_memory_region(p, size); }
#else
inline constexpr bool has_asan = false;
inline void poison(const void*, std::size_t) noexcept {}
inline void unpoison(const void*, std::size_t) noexcept {}
#endif

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
