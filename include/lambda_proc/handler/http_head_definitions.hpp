#pragma once
// SPDX-License-Identifier: MIT
// The definitions behind http_head.hpp.

#include <lambda_proc/core/caseless_names.hpp>
#include <lambda_proc/handler/http_head.hpp>
#include <lambda_proc/json/json_writer.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {

http_head& http_head::status(int code) & {
  if (code < 100 || code > 599) error_ = "an HTTP status is outside the range 100 to 599";
  status_ = code;
  return *this;
}

http_head& http_head::header(std::string_view name, std::string_view value) & {
  values_of(name).clear();
  return add_header(name, value);
}

http_head& http_head::add_header(std::string_view name, std::string_view value) & {
  check(name, value);
  values_of(name).emplace_back(value);
  return *this;
}

bool http_head::field::is_cookie() const noexcept { return detail::caseless_names::same(name, set_cookie); }

std::string http_head::field::joined() const {
  std::string all;
  for (const std::string& value : values) all.append(all.empty() ? "" : ", ").append(value);
  return all;
}

void http_head::write_headers(json_writer& writer) const {
  writer.key("headers");
  writer.begin_object();
  for (const field& one : fields_) {
    if (one.is_cookie()) continue;
    writer.key(one.name);
    writer.string(one.values.size() == 1 ? one.values.front() : one.joined());
  }
  writer.end_object();
  const auto cookies = std::ranges::find_if(fields_, &field::is_cookie);
  if (cookies == fields_.end()) return;
  writer.key("cookies");
  writer.begin_array();
  for (const std::string& value : cookies->values) writer.string(value);
  writer.end_array();
}

void http_head::write_members(json_writer& writer) const {
  writer.key("statusCode");
  writer.number(status_);
  write_headers(writer);
}

std::vector<std::string>& http_head::values_of(std::string_view name) {
  const auto same = [&](const field& one) { return detail::caseless_names::same(one.name, name); };
  const auto found = std::ranges::find_if(fields_, same);
  return found != fields_.end() ? found->values : fields_.emplace_back(field{std::string(name), {}}).values;
}

// RFC 9110, sections 5.1 and 5.5. A line break would allow header injection.
void http_head::check(std::string_view name, std::string_view value) {
  const auto is_token = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
  };
  if (name.empty() || !std::ranges::all_of(name, is_token))
    error_ = "an HTTP header name is empty or has a character that is not allowed";
  const auto is_control = [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; };
  if (std::ranges::any_of(value, is_control)) error_ = "an HTTP header has a line break or another control character";
}

}  // namespace v0
}  // namespace lambda_proc
