#pragma once
// SPDX-License-Identifier: MIT
// The table that C++20 needs to count and to access the members of a struct. count_members.hpp and reflect.hpp use it.

#include <concepts>
#include <cstddef>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t max_members = 128;

/// What has to be written out for each number of members: a structured binding must name every member, since it can't
/// introduce a pack before C++26, and a pack expansion can't repeat `{}`.
template <std::size_t Count>
struct member_row;

/// The types of members, as they are declared.
template <class... Members>
struct type_list {};

/// For bind(): the type_list of the members, or `bit_field` if one of them is a bit-field.
struct list_types {
  template <class... Members>
  constexpr type_list<Members...> operator()(Members&...) const {
    return {};
  }
};
struct bit_field {};

// clang-format off
#define LAMBDA_PROC_LIST(...) __VA_ARGS__
// Older versions of clang reject any use of a structured binding in a requires-expression.
#if defined(__clang__) && __clang_major__ < 16
#define LAMBDA_PROC_HAS_BIT_FIELD(...) false
inline constexpr bool detects_bit_fields = false;
#else
#define LAMBDA_PROC_HAS_BIT_FIELD(...) !requires { visit(__VA_ARGS__); }
inline constexpr bool detects_bit_fields = true;
#endif
#define LAMBDA_PROC_ROW(count, names, braces)                                                  \
  template <>                                                                                  \
  struct member_row<(count)> {                                                                 \
    [[gnu::always_inline]] static constexpr decltype(auto) bind(auto& object, auto&& visit) {  \
      auto& [LAMBDA_PROC_LIST names] = object;                                                 \
      if constexpr (std::same_as<decltype(visit), list_types&&>) {                             \
        if constexpr (LAMBDA_PROC_HAS_BIT_FIELD names) {                                       \
          return bit_field{};                                                                  \
        } else {                                                                               \
          return visit(LAMBDA_PROC_LIST names);                                                \
        }                                                                                      \
      } else {                                                                                 \
        return visit(LAMBDA_PROC_LIST names);                                                  \
      }                                                                                        \
    }                                                                                          \
    template <class T, class... More>                                                          \
    static constexpr bool takes = requires { T{LAMBDA_PROC_LIST braces, More{}...}; };         \
  };

#define LAMBDA_PROC_NAMES_1(p) p##1
#define LAMBDA_PROC_NAMES_2(p) LAMBDA_PROC_NAMES_1(p), p##2
#define LAMBDA_PROC_NAMES_3(p) LAMBDA_PROC_NAMES_2(p), p##3
#define LAMBDA_PROC_NAMES_4(p) LAMBDA_PROC_NAMES_3(p), p##4
#define LAMBDA_PROC_NAMES_5(p) LAMBDA_PROC_NAMES_4(p), p##5
#define LAMBDA_PROC_NAMES_6(p) LAMBDA_PROC_NAMES_5(p), p##6
#define LAMBDA_PROC_NAMES_7(p) LAMBDA_PROC_NAMES_6(p), p##7
#define LAMBDA_PROC_NAMES_8(p) LAMBDA_PROC_NAMES_7(p), p##8
#define LAMBDA_PROC_BRACES_1 {}
#define LAMBDA_PROC_BRACES_2 LAMBDA_PROC_BRACES_1, {}
#define LAMBDA_PROC_BRACES_3 LAMBDA_PROC_BRACES_2, {}
#define LAMBDA_PROC_BRACES_4 LAMBDA_PROC_BRACES_3, {}
#define LAMBDA_PROC_BRACES_5 LAMBDA_PROC_BRACES_4, {}
#define LAMBDA_PROC_BRACES_6 LAMBDA_PROC_BRACES_5, {}
#define LAMBDA_PROC_BRACES_7 LAMBDA_PROC_BRACES_6, {}
#define LAMBDA_PROC_BRACES_8 LAMBDA_PROC_BRACES_7, {}

// Eight rows, behind `full` blocks of eight names.
#define LAMBDA_PROC_ROWS(full, names, braces, p) \
  LAMBDA_PROC_ROW(8 * (full) + 1, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_1(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_1)) \
  LAMBDA_PROC_ROW(8 * (full) + 2, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_2(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_2)) \
  LAMBDA_PROC_ROW(8 * (full) + 3, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_3(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_3)) \
  LAMBDA_PROC_ROW(8 * (full) + 4, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_4(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_4)) \
  LAMBDA_PROC_ROW(8 * (full) + 5, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_5(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_5)) \
  LAMBDA_PROC_ROW(8 * (full) + 6, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_6(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_6)) \
  LAMBDA_PROC_ROW(8 * (full) + 7, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_7(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_7)) \
  LAMBDA_PROC_ROW(8 * (full) + 8, (LAMBDA_PROC_LIST names LAMBDA_PROC_NAMES_8(p)), (LAMBDA_PROC_LIST braces LAMBDA_PROC_BRACES_8))

#define LAMBDA_PROC_NAMED_0
#define LAMBDA_PROC_EMPTY_0
#define LAMBDA_PROC_NAMED_1 LAMBDA_PROC_NAMED_0 LAMBDA_PROC_NAMES_8(a),
#define LAMBDA_PROC_EMPTY_1 LAMBDA_PROC_EMPTY_0 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_2 LAMBDA_PROC_NAMED_1 LAMBDA_PROC_NAMES_8(b),
#define LAMBDA_PROC_EMPTY_2 LAMBDA_PROC_EMPTY_1 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_3 LAMBDA_PROC_NAMED_2 LAMBDA_PROC_NAMES_8(c),
#define LAMBDA_PROC_EMPTY_3 LAMBDA_PROC_EMPTY_2 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_4 LAMBDA_PROC_NAMED_3 LAMBDA_PROC_NAMES_8(d),
#define LAMBDA_PROC_EMPTY_4 LAMBDA_PROC_EMPTY_3 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_5 LAMBDA_PROC_NAMED_4 LAMBDA_PROC_NAMES_8(e),
#define LAMBDA_PROC_EMPTY_5 LAMBDA_PROC_EMPTY_4 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_6 LAMBDA_PROC_NAMED_5 LAMBDA_PROC_NAMES_8(f),
#define LAMBDA_PROC_EMPTY_6 LAMBDA_PROC_EMPTY_5 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_7 LAMBDA_PROC_NAMED_6 LAMBDA_PROC_NAMES_8(g),
#define LAMBDA_PROC_EMPTY_7 LAMBDA_PROC_EMPTY_6 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_8 LAMBDA_PROC_NAMED_7 LAMBDA_PROC_NAMES_8(h),
#define LAMBDA_PROC_EMPTY_8 LAMBDA_PROC_EMPTY_7 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_9 LAMBDA_PROC_NAMED_8 LAMBDA_PROC_NAMES_8(i),
#define LAMBDA_PROC_EMPTY_9 LAMBDA_PROC_EMPTY_8 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_10 LAMBDA_PROC_NAMED_9 LAMBDA_PROC_NAMES_8(j),
#define LAMBDA_PROC_EMPTY_10 LAMBDA_PROC_EMPTY_9 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_11 LAMBDA_PROC_NAMED_10 LAMBDA_PROC_NAMES_8(k),
#define LAMBDA_PROC_EMPTY_11 LAMBDA_PROC_EMPTY_10 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_12 LAMBDA_PROC_NAMED_11 LAMBDA_PROC_NAMES_8(l),
#define LAMBDA_PROC_EMPTY_12 LAMBDA_PROC_EMPTY_11 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_13 LAMBDA_PROC_NAMED_12 LAMBDA_PROC_NAMES_8(m),
#define LAMBDA_PROC_EMPTY_13 LAMBDA_PROC_EMPTY_12 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_14 LAMBDA_PROC_NAMED_13 LAMBDA_PROC_NAMES_8(n),
#define LAMBDA_PROC_EMPTY_14 LAMBDA_PROC_EMPTY_13 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_NAMED_15 LAMBDA_PROC_NAMED_14 LAMBDA_PROC_NAMES_8(o),
#define LAMBDA_PROC_EMPTY_15 LAMBDA_PROC_EMPTY_14 LAMBDA_PROC_BRACES_8,
#define LAMBDA_PROC_BLOCK(full, p) LAMBDA_PROC_ROWS(full, (LAMBDA_PROC_NAMED_##full), (LAMBDA_PROC_EMPTY_##full), p)
LAMBDA_PROC_BLOCK(0, a)
LAMBDA_PROC_BLOCK(1, b)
LAMBDA_PROC_BLOCK(2, c)
LAMBDA_PROC_BLOCK(3, d)
LAMBDA_PROC_BLOCK(4, e)
LAMBDA_PROC_BLOCK(5, f)
LAMBDA_PROC_BLOCK(6, g)
LAMBDA_PROC_BLOCK(7, h)
LAMBDA_PROC_BLOCK(8, i)
LAMBDA_PROC_BLOCK(9, j)
LAMBDA_PROC_BLOCK(10, k)
LAMBDA_PROC_BLOCK(11, l)
LAMBDA_PROC_BLOCK(12, m)
LAMBDA_PROC_BLOCK(13, n)
LAMBDA_PROC_BLOCK(14, o)
LAMBDA_PROC_BLOCK(15, p)
// clang-format on

template <>
struct member_row<0> {
  [[gnu::always_inline]] static constexpr decltype(auto) bind(auto&, auto&& visit) { return visit(); }
  template <class T, class... More>
  static constexpr bool takes = requires { T{More{}...}; };
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
