#include <lambda_proc/wire/reply_composer.hpp>

#include <lambda_proc/json/json_checker.hpp>
#include <lambda_proc/wire/known_wires.hpp>

#include <catch2/catch_all.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using lambda_proc::any_wire;
using lambda_proc::failure;
using lambda_proc::detail::reply_composer;

/// The JSON inside a frame; the frame takes up to 16 bytes.
std::string_view unframed(std::string_view reply) {
  const std::size_t start = reply.find('{');
  return reply.substr(start, reply.rfind('}') + 1 - start);
}

}  // namespace

TEST_CASE("reply_composer: a failure fits into the host's limit, whatever its type, message and id", "[wire]") {
  const any_wire* const known = GENERATE(from_range(lambda_proc::detail::known_wires));
  const std::size_t limit = GENERATE(100U, 1000U, 60'000U);
  const std::size_t id_bytes = GENERATE(0U, 5'000U);
  const failure why = GENERATE(failure{"type", std::string(70'000, '\0')}, failure{std::string(70'000, 't'), "message"},
                               failure{std::string(70'000, '"'), std::string(70'000, '\xff')});
  CAPTURE(known->traits.name, limit, id_bytes);
  any_wire wire = *known;
  wire.traits.max_reply_bytes = limit;
  const std::string id = '"' + std::string(id_bytes, 'i') + '"';
  lambda_proc::request request;
  if (id_bytes != 0) request.id = id;
  reply_composer replies(wire);
  replies.fail(request, why);
  const std::string_view reply = unframed(replies.finished());
  CHECK(reply.size() <= limit);
  CHECK(lambda_proc::detail::is_json(reply));
}

TEST_CASE("reply_composer: a failure that fits is not truncated", "[wire]") {
  any_wire wire = lambda_proc::wire_of<lambda_proc::wire::lines>;
  const std::string whole = R"({"error":{"type":"sold_out","message":"none left"}})";
  wire.traits.max_reply_bytes = whole.size();
  reply_composer replies(wire);
  replies.fail(lambda_proc::request{}, {"sold_out", "none left"});
  CHECK(unframed(replies.finished()) == whole);
}
