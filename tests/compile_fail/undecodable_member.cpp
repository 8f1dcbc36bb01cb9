// The compiler says, BAD=1: a raw pointer has no JSON form <- int ?\* <- member_of<order>
// The compiler says, BAD=2: a const or reference member can't be decoded <- const int <- member_of<order>
// The compiler says, BAD=3: reference members are not supported <- member
// The compiler says, BAD=4: bit-fields are not supported <- member
// The compiler says, BAD=5: base classes with members are not supported <- member
// The compiler says, BAD=6: not an aggregate: it has a constructor, a private member or a virtual function <- member
// The compiler says, BAD=7: not an aggregate: it has a constructor, a private member or a virtual function <- member
// The compiler says, BAD=8: not an aggregate: it has a constructor, a private member or a virtual function <- member
// The compiler says, BAD=9: the keys of a map must be text, integers or enums <- map<double, int
// The compiler says, BAD=10: this struct has more than 128 members <- member
// The compiler says, BAD=11: a union does not say which member it has <- member
// The compiler says, BAD=12: a sequence of characters may be text or bytes <- vector<char
// The compiler says, BAD=13: wide characters have no JSON form <- char8_t
// The compiler says, BAD=14: this type has no JSON form <- void
#include <lambda_proc/json/decode.hpp>

#include <map>
#include <vector>

#ifndef BAD
#define BAD 0
#endif

struct base {
  int first;
};

#if BAD == 3
struct member {
  int& count;
};
#elif BAD == 4
struct member {
  unsigned count : 20;
  unsigned kind : 12;
};
#elif BAD == 5
struct member : base {
  int count;
};
#elif BAD == 6
struct member {
  member() {}
  int count;
};
#elif BAD == 7
struct member {
 private:
  int count;
};
#elif BAD == 8
struct member {
  virtual ~member() = default;
  int count;
};
#elif BAD == 10
#define EIGHT(p) int p##0, p##1, p##2, p##3, p##4, p##5, p##6, p##7;
#define HUNDRED_AND_THIRTY \
  EIGHT(a)                 \
  EIGHT(b)                 \
  EIGHT(c)                 \
  EIGHT(d)                 \
  EIGHT(e)                 \
  EIGHT(f) EIGHT(g) EIGHT(h) EIGHT(i) EIGHT(j) EIGHT(k) EIGHT(l) EIGHT(m) EIGHT(n) EIGHT(o) EIGHT(p) int q0, q1;
struct member {
  HUNDRED_AND_THIRTY
};
#elif BAD == 11
union member {
  int count;
  float ratio;
};
#else
struct member {
  int count;
};
#endif

struct order {
  member whole;
#if BAD == 1
  int* count;
#elif BAD == 2
  const int count;
#elif BAD == 9
  std::map<double, int> counts;
#elif BAD == 12
  std::vector<char> counts;
#elif BAD == 13
  char8_t count;
#elif BAD == 14
  void (order::*count)();
#else
  int count;
#endif
};

lambda_proc::result<void> read_it(simdjson::ondemand::value value, order& out) {
  return lambda_proc::decode(value, out);
}
