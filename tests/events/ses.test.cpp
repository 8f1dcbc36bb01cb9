#include <lambda_proc/events/ses.hpp>

#include "sample.hpp"

#include <chrono>
#include <string_view>
#include <vector>

#include <catch2/catch_all.hpp>

using lambda_proc::events::ses_disposition;
using lambda_proc::events::ses_event;
using lambda_proc::events::ses_response;
using support::event_sample;
using namespace std::chrono_literals;
using texts = std::vector<std::string_view>;

TEST_CASE("ses: a notification in an SNS message has the mail's content", "[events]") {
  const support::event_sample<lambda_proc::events::ses_notification> mail("ses/notification.json");
  mail.check();
  CHECK(mail->notification_type == "Received");
  CHECK(mail->content == "Subject: x\r\n\r\nhello\r\n");
}

TEST_CASE("ses: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<ses_event>(GENERATE("ses/mail.json", "ses/bare.json", "ses/bounce.json", "ses/s3.json")).check();
}

TEST_CASE("ses: the members of a mail have AWS's values", "[events]") {
  const event_sample<ses_event> event("ses/mail.json");
  REQUIRE(event->records.size() == 1);
  CHECK(event->records[0].event_source == "aws:ses");
  CHECK(event->records[0].event_version == "1.0");
  const auto& mail = event->records[0].ses.mail;
  CHECK(mail.timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(mail.source == "orders@shop.example");
  CHECK(mail.message_id == "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1");
  CHECK(mail.destination == texts{"inbox@example.com"});
  CHECK(!mail.headers_truncated);
  REQUIRE(mail.headers.size() == 3);
  CHECK(mail.headers[0].name == "Received");
  CHECK(mail.headers[0].value == "from a");
  CHECK(mail.headers[1].value == "from b");
  const auto& common = mail.common_headers;
  CHECK(common.return_path == "orders@shop.example");
  CHECK(common.from == texts{"Orders <orders@shop.example>"});
  CHECK(common.date == "Wed, 7 Jan 2026 10:14:25 +0100");
  CHECK(common.sender == "robot@shop.example");
  CHECK(common.to == texts{"inbox@example.com"});
  CHECK(common.cc == texts{"copy@example.com"});
  CHECK(common.bcc == texts{});
  CHECK(common.reply_to == texts{"help@shop.example"});
  CHECK(common.message_id == "<0123456789@shop.example>");
  CHECK(common.subject ==
        "Gr\xC3\xBC\xC3\x9F"
        "e");
}

TEST_CASE("ses: the members of a receipt have AWS's values", "[events]") {
  const event_sample<ses_event> event("ses/mail.json");
  const auto& receipt = event->records.at(0).ses.receipt;
  CHECK(receipt.timestamp.time.time_since_epoch() == 1767777266103ms);
  CHECK(receipt.processing_time_millis == 574);
  CHECK(receipt.recipients == texts{"inbox@example.com"});
  CHECK(receipt.spam_verdict.status == "PASS");
  CHECK(receipt.virus_verdict.status == "PASS");
  CHECK(receipt.spf_verdict.status == "PASS");
  CHECK(receipt.dkim_verdict.status == "GRAY");
  CHECK(receipt.dmarc_verdict->status == "FAIL");
  CHECK(receipt.dmarc_policy == "reject");
  CHECK(receipt.action.type == "Lambda");
  CHECK(receipt.action.function_arn == "arn:aws:lambda:eu-central-1:111122223333:function:mail");
  CHECK(receipt.action.invocation_type == "Event");
  CHECK(!receipt.action.topic_arn);
}

TEST_CASE("ses: a mail may lack most members", "[events]") {
  const event_sample<ses_event> event("ses/bare.json");
  const auto& notification = event->records.at(0).ses;
  CHECK(notification.mail.headers_truncated);
  CHECK(notification.mail.headers.empty());
  CHECK(!notification.mail.common_headers.from);
  CHECK(!notification.mail.common_headers.subject);
  CHECK(!notification.receipt.dmarc_verdict);
  CHECK(!notification.receipt.dmarc_policy);
  CHECK(notification.receipt.action.invocation_type == "RequestResponse");
}

TEST_CASE("ses: other actions have members of their own", "[events]") {
  const event_sample<ses_event> bounce("ses/bounce.json");
  const auto& bounced = bounce->records.at(0).ses.receipt.action;
  CHECK(bounced.type == "Bounce");
  CHECK(bounced.topic_arn == "arn:aws:sns:eu-central-1:111122223333:bounces");
  CHECK(bounced.smtp_reply_code == "550");
  CHECK(bounced.status_code == "5.1.1");
  CHECK(bounced.message == "no such mailbox");
  CHECK(bounced.sender == "postmaster@example.com");

  const event_sample<ses_event> stored("ses/s3.json");
  const auto& object = stored->records.at(0).ses.receipt.action;
  CHECK(object.bucket_name == "mail-example");
  CHECK(object.object_key == "in/o3vrnil0e2ic28");
  CHECK(object.object_key_prefix == "in/");
  CHECK(object.encoding == "UTF-8");
}

TEST_CASE("ses: the response has the disposition", "[events]") {
  CHECK(support::encoded(ses_response{}) == R"({"disposition":"CONTINUE"})");
  CHECK(support::encoded(ses_response{ses_disposition::stop_rule}) == R"({"disposition":"STOP_RULE"})");
  CHECK(support::encoded(ses_response{ses_disposition::stop_rule_set}) == R"({"disposition":"STOP_RULE_SET"})");
}
