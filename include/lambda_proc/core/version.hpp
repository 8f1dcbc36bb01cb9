#pragma once
// SPDX-License-Identifier: MIT
// The version of the library; CMake reads it from here.

namespace lambda_proc {
inline namespace v0 {

/// Semantic versioning: while the first number is 0, the second one rises with each breaking change.
struct version_number {
  int major;
  int minor;
  int patch;
};

inline constexpr version_number version{0, 2, 0};

}  // namespace v0
}  // namespace lambda_proc
