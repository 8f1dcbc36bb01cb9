// A client for AWS Lambda's runtime API by hand, which uses libcurl as AWS's own C++ runtime does: with one persistent
// handle. It echoes the event after simdjson has indexed it.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <curl/curl.h>
#include <strings.h>

#include <simdjson.h>

namespace {

std::size_t append(char* data, std::size_t size, std::size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

std::size_t find_id(char* data, std::size_t size, std::size_t count, void* to) {
  constexpr std::string_view name = "Lambda-Runtime-Aws-Request-Id: ";
  const std::string_view line(data, size * count);
  if (line.size() > name.size() && ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
    static_cast<std::string*>(to)->assign(line.substr(name.size(), line.find('\r') - name.size()));
  }
  return size * count;
}

}  // namespace

int main() {
  const std::string base =
      std::string("http://") + std::getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
  const std::string next = base + "next";
  CURL* const curl = ::curl_easy_init();
  curl_slist* headers = ::curl_slist_append(nullptr, "Content-Type: application/json");
  headers = ::curl_slist_append(headers, "Expect:");
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  std::string event;
  std::string id;
  for (;;) {
    event.clear();
    ::curl_easy_setopt(curl, CURLOPT_URL, next.c_str());
    ::curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
    ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &event);
    ::curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &find_id);
    ::curl_easy_setopt(curl, CURLOPT_HEADERDATA, &id);
    if (::curl_easy_perform(curl) != CURLE_OK) break;
    event.reserve(event.size() + simdjson::SIMDJSON_PADDING);
    std::string_view text;
    if (parser.iterate(event).get(document) || document.raw_json().get(text)) return 1;
    ::curl_easy_setopt(curl, CURLOPT_URL, (base + id + "/response").c_str());
    ::curl_easy_setopt(curl, CURLOPT_POST, 1L);
    ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text.data());
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text.size()));
    ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &ignore);
    ::curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &ignore);
    if (::curl_easy_perform(curl) != CURLE_OK) break;
  }
  ::curl_slist_free_all(headers);
  ::curl_easy_cleanup(curl);
}
