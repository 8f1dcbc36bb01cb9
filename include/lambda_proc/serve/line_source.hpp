#pragma once
// SPDX-License-Identifier: MIT
// Where workers get their lines: from the input, or from a worker that is too slow for its own; a part of worker_pool.

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

/// Tells the process which thread is reading, so that it can interrupt the read.
struct reading_calls {
  /// Called by a thread that is about to read.
  void (*begin)() = [] {};
  /// Called by the same thread when it has read.
  void (*end)() = [] {};
};

/// The input, which the workers share. One worker at a time looks for lines: those that wait for another worker, or
/// else those that it reads. The rest of the workers wait for it or handle requests. So no worker waits for input while
/// a line waits for a worker.
class line_source {
 public:
  [[gnu::cold]] line_source(const any_wire& wire, line_reader& reader, const std::atomic<bool>* stop,
                            const reading_calls& calls, reply_order& order)
      : wire_(wire), reader_(reader), stop_(stop), calls_(calls), order_(order) {}

  /// Waits for lines, and returns a batch with at most `most` new ones or with lines that waited for another worker.
  /// Returns null if there are no more. reply_order::finish() takes the batch back.
  line_batch* claim(std::size_t most, serving_thread* thread) {
    const std::lock_guard lock(locked(mutex_, most), std::adopt_lock);
    line_batch* const batch = order_.acquire(thread);
    if (batch == nullptr) return nullptr;
    while (!share_waiting(*batch, thread)) {
      if (has_ended_) {
        order_.give_back(*batch);
        return nullptr;
      }
      has_ended_ = !read(*batch, most, thread);
      if (batch->size() != 0) return batch;
    }
    return batch;
  }

 private:
  // Locks the mutex. While requests are fast, another worker holds it only for a short read, and going to sleep would
  // take longer than trying again. While they are slow, the other worker is probably waiting for input.
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

  // Takes lines that wait for another worker if that worker is stuck, or if there is no input to read instead.
  bool share_waiting(line_batch& batch, serving_thread* thread) {
    const reply_order::waiting found = order_.look_for_waiting(thread);
    if (found == reply_order::waiting::none) return false;
    if (found == reply_order::waiting::moving && !has_ended_ && reader_.is_ready()) return false;
    return order_.take_waiting(batch, found, thread);
  }

  // Waits for a line, and adds it and those behind it in the buffer to the batch. If none of them is a request, the
  // batch stays empty: the caller must look for waiting lines again before the next read. Returns false at the end of
  // input.
  bool read(line_batch& batch, std::size_t most, serving_thread* thread) {
    calls_.begin();
    line_reader::status found{};
    const bool has_line = next_line(reader_, stop_, found);
    calls_.end();
    if (!has_line) return false;
    for (;;) {
      if (is_request(wire_, found, reader_.line())) batch.add(found, reader_.line(), count_++);
      if (batch.size() == most || !reader_.has_line()) break;
      found = reader_.next_in_buffer();
    }
    if (batch.size() == 0) return true;
    batch.keep_text(reader_);
    if (order_.add(batch, thread)) return true;
    batch.release();
    return false;
  }

  const any_wire& wire_;
  line_reader& reader_;
  const std::atomic<bool>* stop_;
  reading_calls calls_;
  reply_order& order_;
  // Guards the reader and the members below. It is held while a worker waits for input, so never lock it in a critical
  // section.
  std::mutex mutex_;
  std::uint64_t count_ = 0;
  bool has_ended_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace lambda_proc
