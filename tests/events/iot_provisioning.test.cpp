#include <lambda_proc/events/iot_provisioning.hpp>

#include "sample.hpp"

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::encoded;
using support::event_sample;

TEST_CASE("iot_provisioning: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<iot_provisioning_request>(
      GENERATE("iot_provisioning/register.json", "iot_provisioning/no_parameters.json"))
      .check();
}

TEST_CASE("iot_provisioning: a request has the template and the device's parameters", "[events]") {
  const event_sample<iot_provisioning_request> request("iot_provisioning/register.json");
  CHECK(request->template_arn == "arn:aws:iot:eu-central-1:111122223333:provisioningtemplate/meters");
  CHECK(*request->parameters.find("SerialNumber") == "A7-0042");
  CHECK(request->certificate_pem.ends_with("-----END CERTIFICATE-----\n"));
}

TEST_CASE("iot_provisioning: a response refuses the device unless it says otherwise", "[events]") {
  CHECK(encoded(iot_provisioning_response{}) == R"({"allowProvisioning":false})");
  CHECK(encoded(iot_provisioning_response{true, {{{"Site", "north"}}}}) ==
        R"({"allowProvisioning":true,"parameterOverrides":{"Site":"north"}})");
}
