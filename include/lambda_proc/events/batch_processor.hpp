#pragma once
// SPDX-License-Identifier: MIT
// What for_each has to know of the records of a source. Their header specializes it.

#include <lambda_proc/core/failure.hpp>

#include <cstdint>

namespace lambda_proc {
inline namespace v0 {
namespace events {

/// What a failed message of an SQS FIFO queue means for messages of other groups in the same batch.
enum class fifo_failure : std::uint8_t {
  /// They are not processed, and count as failed: what AWS recommends.
  stops_the_batch,
  /// Nothing: only the later messages of its own group are not processed and count as failed. The order within each
  /// group is kept.
  stops_its_group
};

}  // namespace events

namespace detail {

/// Processes a batch of Records, and makes the reply to it. A specialization has
///
///     // Whether a handler of one record may return a Returned, which has this Value unless it is a failure.
///     template <class Returned, class Value> static constexpr bool takes;
///     // Calls handle(record, use) for records, which calls use(value) unless the record fails.
///     static reply process(const event&, events::fifo_failure, auto&& handle);
template <class Record>
struct batch_processor;

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
