// Fetches an item from DynamoDB with libcurl, over one connection that is kept between requests. libcurl signs the
// requests itself (Signature Version 4; with temporary credentials since 7.87, which also signs their token).
//
//     $ export AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…
//     $ echo '{"event":{"Id":"test"}}' | ./dynamodb_get_item
//     {"proc_req_id":0,"error":null,"data":{"Id":{"S":"test"},"Value":{"S":"somevalue"}}}
//
// AWS_ENDPOINT_URL_DYNAMODB selects another server, for example for tests. The reply for a missing item is null.

#include <lambda_proc/lambda_proc.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <curl/curl.h>

namespace {

constexpr std::string_view table = "mytest";

struct key {
  std::string_view id;
  using json_naming = lambda_proc::pascal_case;
};

// DynamoDB's answer: an item, nothing, or, with another status, an error.
struct answer {
  std::optional<lambda_proc::raw_json> item;
  std::optional<std::string> type;
  std::optional<std::string> message;
  using json_naming = lambda_proc::pascal_case;
  static constexpr auto json_names = lambda_proc::names{"type", "__type", "message", "message"};
};

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string required(const char* name) {
  std::string value = environment(name);
  if (value.empty()) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

class dynamodb {
 public:
  dynamodb() : curl_(curl_easy_init(), &curl_easy_cleanup) {
    if (!curl_) throw std::runtime_error("libcurl does not start");
    const std::string region = required("AWS_REGION");
    std::string endpoint = environment("AWS_ENDPOINT_URL_DYNAMODB");
    if (endpoint.empty()) endpoint = "https://dynamodb." + region + ".amazonaws.com";
    add_header("Content-Type: application/x-amz-json-1.0");
    add_header("X-Amz-Target: DynamoDB_20120810.GetItem");
    const std::string token = environment("AWS_SESSION_TOKEN");
    if (!token.empty()) add_header("X-Amz-Security-Token: " + token);

    set(CURLOPT_URL, endpoint.c_str());
    set(CURLOPT_AWS_SIGV4, ("aws:amz:" + region + ":dynamodb").c_str());
    set(CURLOPT_USERPWD, (required("AWS_ACCESS_KEY_ID") + ":" + required("AWS_SECRET_ACCESS_KEY")).c_str());
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_WRITEDATA, &body_);
    set(
        CURLOPT_WRITEFUNCTION, +[](char* data, std::size_t size, std::size_t count, void* body) {
          static_cast<std::string*>(body)->append(data, size * count);
          return size * count;
        });
  }

  /// The item as DynamoDB writes it, valid until the next call; nothing if there is none.
  lambda_proc::result<std::optional<lambda_proc::raw_json>> get_item(std::string_view id,
                                                                     std::chrono::milliseconds at_most) {
    lambda_proc::json_writer request;
    request.begin_object();
    request.key("TableName");
    request.string(table);
    request.key("Key");
    request.begin_object();
    request.key("Id");
    request.begin_object();
    request.key("S");
    request.string(id);
    request.end_object();
    request.end_object();
    request.end_object();
    const std::string text(request.view());

    body_.clear();
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
    set(CURLOPT_POSTFIELDS, text.c_str());
    const long timeout_ms = std::min(at_most, std::chrono::milliseconds{30'000}).count();
    set(CURLOPT_TIMEOUT_MS, timeout_ms);
    if (const CURLcode code = curl_easy_perform(curl_.get()); code != CURLE_OK) {
      return lambda_proc::failure{"no_answer", curl_easy_strerror(code)};
    }
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);

    body_.reserve(body_.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::value value;
    answer got;
    if (parser_.iterate(body_).get(document_) || document_.get_value().get(value) ||
        !lambda_proc::decode(value, got).has_value()) {
      return lambda_proc::failure{"no_answer", "status " + std::to_string(status) + " and no JSON"};
    }
    if (status != 200) return to_failure(got, status);
    return std::move(got.item);
  }

 private:
  // Programs use the last part of a type such as "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException".
  static lambda_proc::failure to_failure(const answer& got, long status) {
    const std::string type = got.type.value_or("dynamodb_error");
    return {type.substr(type.find('#') + 1), got.message.value_or("status " + std::to_string(status))};
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl_.get(), option, value) != CURLE_OK) throw std::runtime_error("libcurl lacks an option");
  }

  void add_header(const std::string& line) {
    curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }

  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_{nullptr, &curl_slist_free_all};
  std::string body_;
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
};

}  // namespace

int main() {
  try {
    dynamodb db;
    return lambda_proc::run(
        [&db](const lambda_proc::context& ctx, const key& wanted) { return db.get_item(wanted.id, ctx.remaining()); });
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "dynamodb_get_item: %s\n", thrown.what());
    return 2;
  }
}
