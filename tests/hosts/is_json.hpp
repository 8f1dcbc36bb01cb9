#pragma once
// SPDX-License-Identifier: MIT
// The check that every host makes of a reply.

#include <string>
#include <string_view>

#include <simdjson.h>

namespace hosts {

inline bool is_json(std::string_view text) {
  simdjson::dom::parser parser;
  return parser.parse(simdjson::padded_string(text)).error() == simdjson::SUCCESS;
}

}  // namespace hosts
