#pragma once
// What of a C++ type matters to the JSON that it is decoded from, as a value: the checks of samples need no templates.

#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/decode.hpp>
#include <lambda_proc/json/json_names.hpp>
#include <lambda_proc/json/reflect.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace support {

struct schema {
  struct member {
    std::string_view key;   ///< in the JSON
    std::string_view name;  ///< as it is written; differs from the key for aliases
    const schema& (*type)();
    bool takes_any_type;
    bool takes_arrays;
  };

  enum kind_of_value {
    opaque,    ///< read as a whole
    text_map,  ///< its values are read as text, and nulls count as absent
    name_map,  ///< a map whose nulls count as absent
    map,
    list,
    structure
  };

  kind_of_value kind = opaque;
  const schema& (*element)() = nullptr;  ///< of maps and lists
  std::vector<member> members;           ///< of structures
};

template <class T>
inline constexpr bool is_name_map = false;
template <class Value, class Names>
inline constexpr bool is_name_map<lambda_proc::events::name_map<Value, Names>> = true;

template <class T>
inline constexpr bool is_raw =
    std::is_same_v<T, lambda_proc::raw_json> || std::is_same_v<T, std::optional<lambda_proc::raw_json>>;

template <class T>
inline constexpr bool is_variant = lambda_proc::detail::variant<T>;
template <class T>
inline constexpr bool is_variant<std::optional<T>> = is_variant<T>;

template <class T>
const schema& schema_of();

template <class T>
schema make_structure() {
  std::vector<schema::member> types;
  T model{};
  lambda_proc::visit_members(model, [&types]<class... Member>(const Member&...) {
    (types.push_back(
         {{}, lambda_proc::json_names_of<T>[types.size()], &schema_of<Member>, is_raw<Member>, is_variant<Member>}),
     ...);
  });
  schema made{schema::structure, nullptr, {}};
  for (std::size_t i = 0; i < lambda_proc::detail::json_keys_of<T>.size(); ++i) {
    made.members.push_back(types[lambda_proc::detail::member_of_key<T>(i)]);
    made.members.back().key = lambda_proc::detail::json_keys_of<T>[i];
  }
  return made;
}

template <class T>
schema make_schema() {
  namespace detail = lambda_proc::detail;
  if constexpr (std::is_same_v<T, lambda_proc::events::text_map>) {
    return {schema::text_map, nullptr, {}};
  } else if constexpr (is_name_map<T>) {
    return {schema::name_map, &schema_of<typename T::value_type::second_type>, {}};
  } else if constexpr (detail::has_from_json<T> || is_raw<T> || detail::variant<T>) {
    return {};
  } else if constexpr (detail::map<T>) {
    return {schema::map, &schema_of<typename T::mapped_type>, {}};
  } else if constexpr (detail::sequence<T>) {
    return {schema::list, &schema_of<typename T::value_type>, {}};
  } else if constexpr (lambda_proc::plain_struct<T>) {
    return make_structure<T>();
  } else {
    return {};
  }
}

/// The schema of a T; of what a T points to, if it may be empty.
template <class T>
const schema& schema_of() {
  if constexpr (lambda_proc::detail::nullable<T>) {
    return schema_of<std::remove_cvref_t<decltype(*std::declval<T&>())>>();
  } else {
    static const schema made = make_schema<T>();
    return made;
  }
}

}  // namespace support
