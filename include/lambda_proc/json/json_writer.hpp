#pragma once
// SPDX-License-Identifier: MIT
// Writes JSON text from front to back. encode() and to_json functions append to it.

#include <lambda_proc/core/seam.hpp>

#include <algorithm>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lambda_proc {
inline namespace v0 {
/// Text that is already JSON and is written unchanged: the text of an event, a cached reply.
///
/// A view of the text, unless it is made from a std::string rvalue, which it owns:
///
///     return raw_json{read_file("menu.json")};   // owns the text
///     return raw_json{menu};                     // views it: `menu` must outlive the reply
///
/// The text is checked when it is written. If it isn't one JSON value, the reply is the failure `invalid_reply`.
/// raw_json::trusted skips the check (about 1 ns per byte) for text that was checked before.
class raw_json {
 public:
  raw_json() = default;

  template <class Text>
    requires(std::convertible_to<Text, std::string_view> && !std::same_as<std::remove_cvref_t<Text>, raw_json>)
  explicit raw_json(Text&& text) {
    if constexpr (std::same_as<Text, std::string>) {
      owned_ = std::forward<Text>(text);
    } else {
      borrowed_ = text;
    }
  }

  /// The same without the check, for text that is known to be one valid JSON value. If it isn't, the reply is not valid
  /// JSON either.
  template <class Text>
  [[nodiscard]] static raw_json trusted(Text&& text) {
    raw_json json(std::forward<Text>(text));
    json.trusted_ = true;
    return json;
  }

  /// Valid as long as this object and, if it is a view, the text that it views.
  [[nodiscard]] std::string_view text() const noexcept { return owned_.empty() ? borrowed_ : owned_; }
  [[nodiscard]] bool is_trusted() const noexcept { return trusted_; }

 private:
  std::string owned_;
  std::string_view borrowed_;
  bool trusted_ = false;
};

/// Appends JSON text to a buffer. Commas are inserted where they belong; each begin_ call needs its end_ call:
///
///     w.begin_object(); w.key("ok"); w.boolean(true); w.end_object();     // {"ok":true}
///
/// The text has no line breaks, so a value is always one line.
class json_writer {
 public:
  void null() { value("null"); }
  void boolean(bool truth) { value(truth ? "true" : "false"); }

  /// Writes a number. Integers are exact; a floating-point number is the shortest text that reads back as the same
  /// value. NaN and the infinities become null, because JSON has no such numbers.
  template <class Number>
    requires(std::is_arithmetic_v<Number> && !std::same_as<Number, bool>)
  void number(Number number) {
    if constexpr (sizeof(Number) > 8) {
      static_assert(sizeof(Number) <= 8, "a long double has no fixed length: cast it to double");
    } else if constexpr (std::is_floating_point_v<Number>) {
      write(number);
    } else if constexpr (sizeof(Number) <= 4 && std::is_unsigned_v<Number>) {
      write(std::uint32_t{number});
    } else if constexpr (std::is_unsigned_v<Number>) {
      write(std::uint64_t{number});
    } else {
      write(std::int64_t{number});
    }
  }

  /// Writes a string; each byte that is not UTF-8 becomes U+FFFD.
  [[gnu::noinline]] LAMBDA_PROC_SEAM void string(std::string_view text);

  /// Writes the key of an object's next member; its value must follow.
  void key(std::string_view name) {
    string(name);
    append(":");
  }

  /// Writes a number in quotes as the key of the next member.
  template <std::integral Number>
  void number_as_key(Number name) {
    separate();
    append("\"");
    begin_document();
    number(name);
    append("\":");
  }

  /// Writes a key that is already JSON text, including its quotes and the colon.
  void raw_key(std::string_view text) {
    separate();
    append(text);
  }

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  /// Writes a value that is already JSON. If the text is not valid JSON, writes nothing and sets error().
  LAMBDA_PROC_SEAM void raw(const raw_json& json);

  /// Writes text unchanged and without a comma. This is for what comes between values, not for values.
  // Inlined, because most texts are literals, which are copied with one or two stores.
  [[gnu::always_inline]] void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }

  /// Inserts text before the byte at `position`.
  LAMBDA_PROC_SEAM void insert(std::size_t position, std::string_view text);

  /// Writes text as string() does, but without quotes and without a comma, for formats other than JSON.
  LAMBDA_PROC_SEAM void escaped(std::string_view text);

  /// Marks the text as unusable: `why`, a string literal, becomes the message of an `invalid_reply`. The first reason
  /// is kept.
  void fail(const char* why) noexcept {
    if (error_ == nullptr) error_ = why;
  }
  /// Why the text is unusable; null if it isn't.
  [[nodiscard]] const char* error() const noexcept { return error_; }

  /// Whether a comma must precede the next value. The last byte tells, so no stack of states is needed.
  [[nodiscard]] bool needs_comma() const noexcept {
    if (size_ == document_) return false;
    switch (data_[size_ - 1]) {
      case '{':
      case '[':
      case ':':
      case '=': return false;  // of a text log record: name=value
      default: return true;
    }
  }

  /// Everything that was written; valid until the writer is changed.
  [[nodiscard]] std::string_view view() const noexcept { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  /// Removes everything after the first `size` bytes, and clears error().
  void truncate(std::size_t size) noexcept {
    assert(size <= size_);
    size_ = size;
    document_ = std::min(document_, size);
    error_ = nullptr;
  }

  /// Begins a new text behind what was already written: the next value gets no comma.
  void begin_document() noexcept { document_ = size_; }

  /// Reserves memory for `count` more bytes.
  void reserve(std::size_t count) { room(count); }

  /// Removes everything, but keeps the memory if it is at most `keep` bytes.
  void clear(std::size_t keep = static_cast<std::size_t>(-1)) noexcept {
    truncate(0);
    if (capacity_ <= keep) return;
    data_.reset();
    capacity_ = 0;
  }

 private:
  void value(std::string_view text) {
    separate();
    append(text);
  }

  void separate() {
    if (needs_comma()) append(",");
  }

  void open(char bracket) {
    separate();
    *room(1) = bracket;
    ++size_;
  }

  void close(char bracket) {
    *room(1) = bracket;
    ++size_;
  }

  // Appends the text with escapes; bytes beyond ASCII stay unchanged. Returns false if there are any.
  LAMBDA_PROC_SEAM bool escape(std::string_view text);

  LAMBDA_PROC_SEAM void write(std::uint32_t number);
  LAMBDA_PROC_SEAM void write(std::uint64_t number);
  LAMBDA_PROC_SEAM void write(std::int64_t number);
  LAMBDA_PROC_SEAM void write(float number);
  LAMBDA_PROC_SEAM void write(double number);
  template <class Number>
  void write_text_of(Number number);

  // Returns room for `count` more bytes; the caller changes size_.
  // Compilers stop inlining it where it has many callers, and each of them is on the path of a reply.
  [[gnu::always_inline]] char* room(std::size_t count) {
    if (capacity_ - size_ < count) grow(count);
    return data_.get() + size_;
  }

  [[gnu::noinline]] LAMBDA_PROC_SEAM void grow(std::size_t count);

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::size_t document_ = 0;
  const char* error_ = nullptr;
};

}  // namespace v0
}  // namespace lambda_proc

#ifndef LAMBDA_PROC_COMPILED
#include <lambda_proc/json/json_writer_definitions.hpp>
#endif
