#include <lambda_proc/runtime_api/error_type.hpp>

#include <catch2/catch_all.hpp>

#include <string>
#include <string_view>

// The error types that Lambda accepts.

using lambda_proc::detail::error_type;

namespace {

/// (Runtime|Function)\.[A-Z][a-zA-Z]+, as Lambda checks it.
bool is_accepted(std::string_view type) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_letter = [&](char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); };
  for (const std::string_view origin : {"Runtime.", "Function."}) {
    if (!type.starts_with(origin)) continue;
    const std::string_view name = type.substr(origin.size());
    bool good = name.size() >= 2 && is_upper(name[0]);
    for (const char c : name) good = good && is_letter(c);
    return good;
  }
  return false;
}

}  // namespace

TEST_CASE("error_type: failure types become names that Lambda accepts", "[error_type]") {
  const auto [type, expected] = GENERATE(table<std::string, std::string>({
      {"invalid_event", "Function.InvalidEvent"},
      {"invalid_context", "Function.InvalidContext"},
      {"invalid_reply", "Function.InvalidReply"},
      {"request_too_large", "Function.RequestTooLarge"},
      {"reply_too_large", "Function.ResponseSizeTooLarge"},
      {"crash", "Runtime.Crash"},
      {"std::bad_alloc", "Function.StdBadAlloc"},
      {"std::out_of_range", "Function.StdOutOfRange"},
      {"shop::OutOfStock", "Function.ShopOutOfStock"},
      {"HTTPError", "Function.HTTPError"},
      {"Function.Shop", "Function.Shop"},
      {"Runtime.ExitError", "Runtime.ExitError"},
      {"Function.shop", "Function.FunctionShop"},
      {"Runtime.Exit2", "Function.RuntimeExit"},
      {"bad_key2_of_3", "Function.BadKeyOf"},
      {"std::vector<int>", "Function.StdVectorInt"},
      {"", "Function.Error"},
      {"404", "Function.Error"},
      {"x", "Function.Error"},
      {"\xC3\xA9t\xC3\xA9", "Function.Error"},
      {"Runtime.", "Function.Runtime"},
      {"a\r\nX: y", "Function.AXY"},
  }));
  CAPTURE(type);
  CHECK(error_type(type).view() == expected);
}

TEST_CASE("error_type: Lambda accepts the result for any failure type", "[error_type]") {
  const auto bytes = GENERATE(take(500, chunk(12, random(0, 255))));
  std::string text;
  for (const int byte : bytes) text += static_cast<char>(byte);
  CAPTURE(text);
  CHECK(is_accepted(error_type(text).view()));
}

TEST_CASE("error_type: a very long type is truncated", "[error_type]") {
  const std::string text = GENERATE(std::string(100'000, 'x'), "Function." + std::string(100'000, 'X'));
  const error_type type(text);
  CHECK(is_accepted(type.view()));
  CHECK(type.view().size() <= 128);
}
