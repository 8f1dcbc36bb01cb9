#pragma once
// The checks that must hold for every sample event. They don't depend on its type, so that they are compiled once.

#include <lambda_proc/core/failure.hpp>

#include "schema.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

/// The bytes of a file; throws if it can't be read.
std::string file_text(const std::string& path);

/// The text of a sample: `name` is relative to tests/data/events, or an absolute path.
std::string sample_text(const std::string& name);

/// The same JSON without white space, with sorted keys.
std::string compact(std::string_view json);

class sample_checks {
 public:
  /// Decodes JSON text as the sample's type, and encodes what was decoded.
  using rewriter = lambda_proc::result<std::string> (*)(const std::string& text);

  sample_checks(std::string text, const schema& type, rewriter rewrite)
      : text_(std::move(text)), type_(type), rewrite_(rewrite) {}

  /// The paths of keys that the sample has and its type does not.
  [[nodiscard]] std::vector<std::string> unknown_keys() const;

  /// The sample without nulls and without unknown keys, as JSON.
  [[nodiscard]] std::string known() const;

  /// The paths of all values that are tested with a wrong type.
  [[nodiscard]] std::vector<std::string> typed_places() const;

  /// Everything that the type has is encoded as it was decoded.
  void check_nothing_is_lost() const;

  /// AWS may add keys to any object in the future.
  void check_new_keys_are_skipped() const;

  /// AWS may leave out any member, or send null for it, but for those that tell what the event is.
  void check_members_may_be_missing() const;

  /// A value of a wrong type, in any place, is a failure that names the place.
  void check_wrong_types_are_named() const;

  /// All of these checks.
  void check() const;

 private:
  std::string text_;
  const schema& type_;
  rewriter rewrite_;
};

}  // namespace support
