#pragma once
// SPDX-License-Identifier: MIT
// Amazon Lex V2: a turn of a conversation, and the response to it.

#include <lambda_proc/events/event_source.hpp>
#include <lambda_proc/events/event_table.hpp>
#include <lambda_proc/events/headers.hpp>
#include <lambda_proc/json/json_writer.hpp>
#include <lambda_proc/json/struct_options.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lambda_proc {
inline namespace v0 {
namespace events {

struct lex_v2_bot {
  std::string_view id;
  std::string_view name;
  std::string_view alias_id;
  std::optional<std::string_view> alias_name;
  std::string_view locale_id;
  /// A number, or "DRAFT".
  std::string_view version;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The value of a slot.
struct lex_v2_slot_value {
  /// What the user said.
  std::optional<std::string> original_value;
  /// What Lex made of it.
  std::optional<std::string> interpreted_value;
  std::optional<std::vector<std::string>> resolved_values;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_slot {
  /// "Scalar", "List" or "Composite".
  std::optional<std::string> shape;
  std::optional<lex_v2_slot_value> value;
  /// The slots of a list.
  std::optional<std::vector<lex_v2_slot>> values;
  /// The slots of a composite slot, an object.
  std::optional<raw_json> sub_slots;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_intent {
  std::string name;
  /// "InProgress", "Waiting", "ReadyForFulfillment", "Fulfilled", "FulfillmentInProgress" or "Failed".
  std::optional<std::string> state;
  /// "None", "Confirmed" or "Denied".
  std::optional<std::string> confirmation_state;
  /// A slot without a value is null.
  std::map<std::string, std::optional<lex_v2_slot>> slots;
  std::optional<raw_json> kendra_response;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_context_time {
  std::uint32_t time_to_live_in_seconds;
  std::uint32_t turns_to_live;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_active_context {
  std::string name;
  std::map<std::string, std::string> context_attributes;
  lex_v2_context_time time_to_live;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// What the bot does next.
struct lex_v2_dialog_action {
  /// "Close", "ConfirmIntent", "Delegate", "ElicitIntent" or "ElicitSlot".
  std::string type;
  /// The slot to ask for.
  std::optional<std::string> slot_to_elicit = {};
  /// "Default", "SpellByLetter" or "SpellByWord".
  std::optional<std::string> slot_elicitation_style = {};
  std::optional<raw_json> sub_slot_to_elicit = {};

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The state of a session. A response has the same form.
struct lex_v2_session_state {
  std::optional<std::vector<lex_v2_active_context>> active_contexts = {};
  std::optional<std::map<std::string, std::string>> session_attributes = {};
  std::optional<lex_v2_dialog_action> dialog_action = {};
  std::optional<lex_v2_intent> intent = {};
  std::optional<std::string> originating_request_id = {};
  /// Hints for speech recognition, an object.
  std::optional<raw_json> runtime_hints = {};

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_sentiment_score {
  double positive;
  double negative;
  double neutral;
  double mixed;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_sentiment_response {
  /// "POSITIVE", "NEGATIVE", "NEUTRAL" or "MIXED".
  std::string_view sentiment;
  lex_v2_sentiment_score sentiment_score;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_confidence {
  double score;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// An intent that may be meant.
struct lex_v2_interpretation {
  lex_v2_intent intent;
  /// "Bedrock" or "Lex".
  std::optional<std::string_view> interpretation_source;
  std::optional<lex_v2_confidence> nlu_confidence;
  std::optional<lex_v2_sentiment_response> sentiment_response;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

struct lex_v2_transcription {
  std::string_view transcription;
  double transcription_confidence;
  /// What Lex made of it: the intent and the slots.
  std::optional<raw_json> resolved_context;
  std::optional<raw_json> resolved_slots;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// The slot that the turn should have filled.
struct lex_v2_proposed_next_state {
  std::optional<lex_v2_dialog_action> dialog_action;
  std::optional<lex_v2_intent> intent;
  std::optional<std::string_view> prompt_attempt;

  using json_naming = camel_case;
  using json_missing = leave_empty;
};

/// A turn of a conversation. Answer with a lex_v2_response.
///
/// Fields: Lex V2 Developer Guide, "AWS Lambda input event format for Lex V2" (lambda-input-format).
struct lex_v2_event {
  /// "1.0"
  std::string_view message_version;
  /// "DialogCodeHook" or "FulfillmentCodeHook".
  std::string_view invocation_source;
  /// "DTMF", "Speech" or "Text".
  std::string_view input_mode;
  std::string_view response_content_type;
  std::string_view session_id;
  std::string_view input_transcript;
  std::optional<std::string_view> invocation_label;
  lex_v2_bot bot;
  std::vector<lex_v2_interpretation> interpretations;
  std::optional<lex_v2_proposed_next_state> proposed_next_state;
  std::optional<string_map> request_attributes;
  lex_v2_session_state session_state;
  std::optional<std::vector<lex_v2_transcription>> transcriptions;

  using json_naming = camel_case;
  using json_missing = leave_empty;
  static constexpr std::string_view json_required[] = {"session_state"};
};

struct lex_v2_button {
  std::string text;
  std::string value;
};

struct lex_v2_response_card {
  std::string title;
  std::optional<std::string> subtitle = {};
  std::optional<std::string> image_url = {};
  std::optional<std::vector<lex_v2_button>> buttons = {};

  using json_naming = camel_case;
};

struct lex_v2_message {
  /// "CustomPayload", "ImageResponseCard", "PlainText" or "SSML".
  std::string content_type;
  std::optional<std::string> content = {};
  std::optional<lex_v2_response_card> image_response_card = {};

  using json_naming = camel_case;
};

/// What the bot does next, and says (Lex V2 Developer Guide, "AWS Lambda response format for Lex V2":
/// lambda-response-format).
struct lex_v2_response {
  lex_v2_session_state session_state;
  /// Required if the dialog action is "ElicitIntent".
  std::optional<std::vector<lex_v2_message>> messages = {};
  std::optional<std::map<std::string, std::string>> request_attributes = {};

  using json_naming = camel_case;
};

template <>
inline constexpr event_source source_of<lex_v2_event> = event_source::lex_v2;

}  // namespace events

LAMBDA_PROC_EVENT_TABLE(events::lex_v2_event);

}  // namespace v0
}  // namespace lambda_proc
