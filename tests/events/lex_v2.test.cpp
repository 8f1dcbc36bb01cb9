#include <lambda_proc/events/lex_v2.hpp>

#include "sample.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("lex_v2: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<lex_v2_event>(GENERATE("lex_v2/dialog.json", "lex_v2/lists.json")).check();
}

TEST_CASE("lex_v2: a slot has a value, several, or none yet", "[events]") {
  const event_sample<lex_v2_event> event("lex_v2/dialog.json");
  CHECK(event->bot.version == "DRAFT");
  CHECK(event->interpretations.at(0).nlu_confidence->score == 0.84);
  const auto& intent = *event->session_state.intent;
  CHECK(intent.slots.at("Item")->value->interpreted_value == "lamp");
  CHECK(!intent.slots.at("Count"));
  CHECK(event->session_state.active_contexts->at(0).time_to_live.turns_to_live == 5);
  const event_sample<lex_v2_event> lists("lex_v2/lists.json");
  CHECK(lists->session_state.intent->slots.at("Items")->values->at(1).value->original_value == "cup");
}

TEST_CASE("lex_v2: the response says what the bot does and says next", "[events]") {
  lex_v2_response response;
  response.session_state.dialog_action = lex_v2_dialog_action{.type = "ElicitSlot", .slot_to_elicit = "Count"};
  response.messages = {{{.content_type = "PlainText", .content = "How many?"}}};
  CHECK(encoded(response) == R"({"sessionState":{"dialogAction":{"type":"ElicitSlot","slotToElicit":"Count"}},)"
                             R"("messages":[{"contentType":"PlainText","content":"How many?"}]})");
}
