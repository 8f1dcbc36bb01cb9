#include <lambda_proc/events/ecs.hpp>

#include "sample.hpp"

#include <chrono>

#include <catch2/catch_all.hpp>

using namespace lambda_proc::events;
using support::event_sample;
using namespace std::chrono_literals;

TEST_CASE("ecs: samples are decoded without loss or unknown keys", "[events]") {
  event_sample<ecs_task_event>(GENERATE("ecs/running.json", "ecs/stopped.json")).check();
}

TEST_CASE("ecs: a task has containers, attachments and times as fine as ECS writes them", "[events]") {
  const event_sample<ecs_task_event> event("ecs/running.json");
  const auto& task = event->detail;
  CHECK(task.last_status == "RUNNING");
  CHECK(task.version == 4);
  CHECK(task.containers.at(0).network_interfaces->at(0).private_ipv4_address == "10.0.0.139");
  CHECK(!task.containers.at(0).exit_code);
  CHECK(task.attachments.at(0).details.at(1).value == "0a:98:eb:a7:29:ba");
  CHECK(task.ephemeral_storage->size_in_gib == 20);
  const std::chrono::sys_time<std::chrono::nanoseconds> started = *task.started_at;
  CHECK(started.time_since_epoch() == 1767777266103456789ns);
  CHECK(!task.stopped_at);
}

TEST_CASE("ecs: a task that stopped says why", "[events]") {
  const event_sample<ecs_task_event> event("ecs/stopped.json");
  const auto& task = event->detail;
  CHECK(task.stop_code == "EssentialContainerExited");
  CHECK(task.containers.at(0).exit_code == 137);
  CHECK(task.containers.at(0).network_bindings->at(0).host_port == 32768U);
  CHECK(task.containers.at(0).network_bindings->at(1).bind_ip == "::");
  CHECK(!task.containers.at(1).exit_code);
  CHECK(task.container_instance_arn);
}
