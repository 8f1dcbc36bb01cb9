#pragma once
// SPDX-License-Identifier: MIT
// Where workers get their lines: from the input, or from a worker that does not come to them; a part of worker_pool.

#include <lambda_proc/crash/serving_thread.hpp>
#include <lambda_proc/io/line_reader.hpp>
#include <lambda_proc/serve/line_batch.hpp>
#include <lambda_proc/serve/line_request.hpp>
#include <lambda_proc/serve/reply_order.hpp>
#include <lambda_proc/wire/wire.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace lambda_proc {
inline namespace v0 {
namespace detail {

/// The input, shared by workers. One of them at a time looks for lines, and reads if there are none; the others wait
/// for it or handle requests. No worker waits for input while a line waits for a worker.
class line_source {
 public:
  /// `begin_reading` is called by each thread that is about to read.
  [[gnu::cold]] line_source(const any_wire& wire, line_reader& reader, const std::atomic<bool>* stop,
                            void (*begin_reading)(), reply_order& order)
      : wire_(wire), reader_(reader), stop_(stop), begin_reading_(begin_reading), order_(order) {}

  /// Waits for lines, and takes at most this number of them. Null if there are no more.
  line_batch* claim(std::size_t most, serving_thread* thread) {
    const std::lock_guard lock(locked(mutex_, most), std::adopt_lock);
    line_batch* const batch = order_.acquire(thread);
    if (batch == nullptr) return nullptr;
    while (!take_waiting(*batch, thread)) {
      if (has_ended_) {
        order_.give_back(*batch);
        return nullptr;
      }
      if (read(*batch, most, thread)) return batch;
      has_ended_ = true;
    }
    return batch;
  }

 private:
  // Locks the mutex. Where lines come and go fast, another worker holds it only as long as it reads them, and to sleep
  // would take longer than a few tries. Otherwise that one probably waits for input.
  static std::mutex& locked(std::mutex& mutex, std::size_t most_lines) {
    constexpr std::size_t many_lines = 16;
    constexpr int most_tries = 500;
    if (most_lines >= many_lines) {
      for (int tries = 0; tries < most_tries; ++tries) {
        if (mutex.try_lock()) return mutex;
      }
    }
    mutex.lock();
    return mutex;
  }

  // Lines wait in vain if their worker is still busy with the same line as at the last look, or if there is nothing
  // else to do.
  bool take_waiting(line_batch& batch, serving_thread* thread) {
    const reply_order::waiting found = order_.look_for_waiting(thread);
    if (found == reply_order::waiting::none) return false;
    if (found == reply_order::waiting::moving && !has_ended_ && reader_.is_ready()) return false;
    return order_.take_waiting(batch, found, thread);
  }

  bool read(line_batch& batch, std::size_t most, serving_thread* thread) {
    begin_reading_();
    line_reader::status found{};
    if (!next_request_line(wire_, reader_, stop_, found)) return false;
    batch.add(found, reader_.line(), count_++);
    while (batch.size() < most && reader_.has_line()) {
      found = reader_.next_in_buffer();
      if (is_request(wire_, found, reader_.line())) batch.add(found, reader_.line(), count_++);
    }
    batch.keep_text(reader_);
    return order_.add(batch, thread);
  }

  const any_wire& wire_;
  line_reader& reader_;
  const std::atomic<bool>* stop_;
  void (*begin_reading_)();
  reply_order& order_;
  // Guards the rest. It is held while the input is read, so don't wait for it in a critical section.
  std::mutex mutex_;
  std::uint64_t count_ = 0;
  bool has_ended_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
