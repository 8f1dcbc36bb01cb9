#pragma once
// SPDX-License-Identifier: MIT
// Deduces what a callable takes and returns. handler.hpp says which forms are allowed.

#include <lambda_proc/core/context.hpp>
#include <lambda_proc/handler/event.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {

class response_stream;

namespace detail {

/// The form of a handler. `Event` is void if it takes none.
template <class Result, bool TakesContext, class Event, bool TakesReference>
struct handler_form {
  using result_type = Result;
  using event_type = Event;
  static constexpr bool takes_context = TakesContext;
  static constexpr bool takes_reference = TakesReference;
};

struct no_form {};

/// The form of a handler whose last argument is a response_stream. It has no event_type, since only invocation can call
/// such a handler.
template <class Form>
struct streaming_form {
  using form = Form;
};

template <class Argument>
concept event_argument = !std::same_as<std::remove_cvref_t<Argument>, context> &&
                         (!std::is_reference_v<Argument> ||
                          (std::is_lvalue_reference_v<Argument> && std::is_const_v<std::remove_reference_t<Argument>>));

template <class Result, class... Arguments>
struct form_of : std::type_identity<no_form> {};
template <class Result>
struct form_of<Result> : std::type_identity<handler_form<Result, false, void, false>> {};
template <class Result>
struct form_of<Result, const context&> : std::type_identity<handler_form<Result, true, void, false>> {};
template <class Result, event_argument Event>
struct form_of<Result, Event>
    : std::type_identity<handler_form<Result, false, std::remove_cvref_t<Event>, std::is_reference_v<Event>>> {};
template <class Result, event_argument Event>
struct form_of<Result, const context&, Event>
    : std::type_identity<handler_form<Result, true, std::remove_cvref_t<Event>, std::is_reference_v<Event>>> {};

template <class Result>
struct form_of<Result, response_stream&> : std::type_identity<streaming_form<typename form_of<Result>::type>> {};
template <class Result, class First>
struct form_of<Result, First, response_stream&>
    : std::type_identity<streaming_form<typename form_of<Result, First>::type>> {};
template <class Result, class First, class Second>
struct form_of<Result, First, Second, response_stream&>
    : std::type_identity<streaming_form<typename form_of<Result, First, Second>::type>> {};

// Function types of every kind, without the first `Bound` arguments.
template <class Function, std::size_t Bound = 0>
struct function_form : std::type_identity<no_form> {};
template <class Result, class... Arguments>
struct function_form<Result(Arguments...), 0> : form_of<Result, Arguments...> {};
template <class Result, class First, class... Rest, std::size_t Bound>
  requires(Bound > 0)
struct function_form<Result(First, Rest...), Bound> : function_form<Result(Rest...), Bound - 1> {};

// A function type without noexcept, const and &, which don't matter for calling a handler.
template <class Function>
struct plain_function;
// NOLINTBEGIN(bugprone-macro-parentheses): qualifiers can't stand in parentheses
#define LAMBDA_PROC_PLAIN_FUNCTION(qualifiers)             \
  template <class Result, class... Arguments>              \
  struct plain_function<Result(Arguments...) qualifiers> { \
    using type = Result(Arguments...);                     \
  };
LAMBDA_PROC_PLAIN_FUNCTION()
LAMBDA_PROC_PLAIN_FUNCTION(const)
LAMBDA_PROC_PLAIN_FUNCTION(&)
LAMBDA_PROC_PLAIN_FUNCTION(const&)
LAMBDA_PROC_PLAIN_FUNCTION(noexcept)
LAMBDA_PROC_PLAIN_FUNCTION(const noexcept)
LAMBDA_PROC_PLAIN_FUNCTION(& noexcept)
LAMBDA_PROC_PLAIN_FUNCTION(const& noexcept)
#undef LAMBDA_PROC_PLAIN_FUNCTION
// NOLINTEND(bugprone-macro-parentheses)

template <class Member>
struct member_function;
template <class Class, class Function>
struct member_function<Function Class::*> : plain_function<Function> {};

// A callable that is neither overloaded nor generic, so that its argument types can be deduced.
template <class Callable>
concept has_one_call = requires { &Callable::operator(); };

// The form of such a callable.
struct undeclared_form {};
template <class Callable>
struct declared_form : std::type_identity<undeclared_form> {};
template <has_one_call Callable>
struct declared_form<Callable> : function_form<typename member_function<decltype(&Callable::operator())>::type> {};
template <class Function>
  requires std::is_function_v<Function>
struct declared_form<Function> : function_form<typename plain_function<Function>::type> {};
template <class Function>
  requires std::is_function_v<Function>
struct declared_form<Function*> : declared_form<Function> {};
// std::bind_front(&service::price, &it): its type has the function and the bound arguments. A function object that
// happens to have the same template arguments has a call operator that is not overloaded.
template <template <class...> class Bind, class Member, class... Bound>
  requires(std::is_member_function_pointer_v<Member> && !has_one_call<Bind<Member, Bound...>>)
struct declared_form<Bind<Member, Bound...>>
    : function_form<typename member_function<Member>::type, sizeof...(Bound) - 1> {};
template <template <class...> class Bind, class Function, class... Bound>
  requires(std::is_function_v<Function> && !has_one_call<Bind<Function*, Bound...>>)
struct declared_form<Bind<Function*, Bound...>>
    : function_form<typename plain_function<Function>::type, sizeof...(Bound)> {};

// Generic lambdas and overloaded function objects are tried with an event, alone or after a context, and then with a
// stream as well.
template <class Callable>
consteval auto form_of_callable() {
  using form = typename declared_form<Callable>::type;
  if constexpr (!std::same_as<form, undeclared_form>) {
    return form{};
  } else if constexpr (requires(Callable& call) { call(std::declval<event>()); }) {
    using answer = decltype(std::declval<Callable&>()(std::declval<event>()));
    return handler_form<answer, false, event, false>{};
  } else if constexpr (requires(Callable& call, const context& ctx) { call(ctx, std::declval<event>()); }) {
    using answer = decltype(std::declval<Callable&>()(std::declval<const context&>(), std::declval<event>()));
    return handler_form<answer, true, event, false>{};
  } else if constexpr (requires(Callable& call, response_stream& out) { call(std::declval<event>(), out); }) {
    using answer = decltype(std::declval<Callable&>()(std::declval<event>(), std::declval<response_stream&>()));
    return streaming_form<handler_form<answer, false, event, false>>{};
  } else if constexpr (requires(Callable& call, const context& ctx, response_stream& out) {
                         call(ctx, std::declval<event>(), out);
                       }) {
    using answer = decltype(std::declval<Callable&>()(std::declval<const context&>(), std::declval<event>(),
                                                      std::declval<response_stream&>()));
    return streaming_form<handler_form<answer, true, event, false>>{};
  } else {
    return no_form{};
  }
}

template <class Handler>
using signature_of = decltype(form_of_callable<std::remove_cvref_t<Handler>>());

// The same without the stream.
template <class Form>
struct form_without_stream : std::type_identity<Form> {};
template <class Form>
struct form_without_stream<streaming_form<Form>> : std::type_identity<Form> {};
template <class Handler>
using form_of_handler = typename form_without_stream<signature_of<Handler>>::type;
template <class Handler>
inline constexpr bool takes_stream = !std::same_as<form_of_handler<Handler>, signature_of<Handler>>;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
