#include <lambda_proc/json/member_set.hpp>

#include <cstddef>

#include <catch2/catch_all.hpp>

using lambda_proc::detail::member_set;

TEMPLATE_TEST_CASE_SIG("member_set: elements of all words are told apart", "[member_set]", ((std::size_t Count), Count),
                       1, 63, 64, 65, 127, 128) {
  member_set<Count> set;
  CHECK(set.empty());
  for (std::size_t i = 0; i < Count; ++i) {
    CHECK_FALSE(set.contains(i));
    set.add(i);
    CHECK(set.contains(i));
    CHECK(set.count() == i + 1);
  }
  CHECK(set == member_set<Count>::all());
  for (std::size_t i = 0; i < Count; ++i) {
    CHECK(set.first() == i);
    set.remove(i);
  }
  CHECK(set.empty());
}

TEST_CASE("member_set: what a set lacks of another one", "[member_set]") {
  member_set<128> have;
  have.add(3);
  have.add(100);
  member_set<128> wanted = have;
  CHECK(have.lacks(wanted).empty());
  wanted.add(64);
  CHECK(have.lacks(wanted).first() == 64);
  CHECK(have.lacks(wanted).count() == 1);
  CHECK(member_set<0>::all().empty());
}
