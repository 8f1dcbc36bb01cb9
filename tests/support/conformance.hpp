#pragma once
// What RFC 8259 accepts and what it refuses, section by section; each text is one line.

#include <string>
#include <string_view>
#include <vector>

namespace support {

/// Texts that every reader must take.
inline std::vector<std::string> must_accept() {
  using namespace std::string_literals;
  std::vector<std::string> all = {
      // 3: values, and nothing else, at the top
      "null", "true", "false", "0", "-0", "42", "\"\"", "\"a\"", "[]", "{}",
      // 2: insignificant white space
      " 1 ", "\t[\t]\t", "[ 1 , 2 ]", "{ \"a\" : 1 }", "[\r1\r]", " {} ", "{\t\"a\"\t:\t[\t]\t,\t\"b\"\t:\t{\t}\t}",
      // 4: objects
      R"({"a":1})", R"({"a":1,"b":2})", R"({"":0})", R"({"a":{"b":{"c":{}}}})", R"({"a":[]})", R"({"a":1,"a":2})",
      R"({"\u0061":1})", R"({"a\"b":1})", R"({"a\u0000b":1})", R"({"\ud83d\ude00":1})", "{\"\xC3\xA9\":1}",
      R"({"true":true,"null":null})",
      // 5: arrays
      "[1]", "[1,2,3]", "[[]]", "[[],[[]],[[],[]]]", "[{}]", "[null]", R"([1,"a",true,null,{},[]])", "[1 ]", "[ 1]",
      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      // 6: numbers
      "1", "10", "123456789", "-1", "-123", "0.5", "-0.5", "1.0", "1.5", "123.456", "0e0", "0e1", "0E1", "1e1", "1E1",
      "1e+1", "1e-1", "1E+1", "1E-1", "1.5e3", "-1.5e-3", "0.0", "-0.0", "-0e0", "0.0e+00", "1e00", "1e0010", "1e-0010",
      "100000000000000000000", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "123e65",
      "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308", "1e-400", "0.1e-10000",
      "0.00000000000000000000000000000000000000000000000000000000000000000000000000000001",
      "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899",
      // 7: strings
      R"("\"")", R"("\\")", R"("\/")", R"("\b\f\n\r\t")", R"("\u0000")", R"("\u001f")", R"("\u007f")", R"("\u0080")",
      R"("\u07ff")", R"("\u0800")", R"("\uffff")", R"("\uFFFF")", R"("\uaBcD")", R"("\ud83d\ude00")",
      R"("\ud800\udc00")", R"("\udbff\udfff")", R"("\\u0061")", R"("a/b")", R"("\\\\")", R"("\\\"")", R"("\u2028\u2029")",
      R"("[]{},:")", R"("//")", R"("'")", R"("null")", "\"\x7F\"", "\" \"",
      // 8.1: UTF-8 at the edges of each length
      "\"\xC2\x80\"", "\"\xDF\xBF\"", "\"\xE0\xA0\x80\"", "\"\xED\x9F\xBF\"", "\"\xEE\x80\x80\"", "\"\xEF\xBF\xBF\"",
      "\"\xF0\x90\x80\x80\"", "\"\xF4\x8F\xBF\xBF\"", "\"\xE2\x80\xA8\xE2\x80\xA9\"", "\"\xEF\xBB\xBF\"",
      "\"\xC3\xA9t\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"",
  };
  // Every size of string and of padding around the blocks that a vectorised reader works on.
  for (std::size_t size = 1; size <= 130; ++size) {
    all.push_back("\"" + std::string(size, 'x') + "\"");
    all.push_back(std::string(size, ' ') + R"(["a\"b"])" + std::string(size, ' '));
  }
  all.push_back("\"" + std::string(1000, '\\') + "\"");
  all.push_back("[" + std::string(200, '[') + std::string(200, ']') + "]");
  std::string many = "[0";
  for (int i = 1; i < 1000; ++i) many += "," + std::to_string(i);
  all.push_back(many + "]");
  return all;
}

/// Texts that every reader must refuse.
inline std::vector<std::string> must_reject() {
  using namespace std::string_literals;
  std::vector<std::string> all = {
      // nothing, or nothing but space
      "", " ", "\t", "\r",
      // 3: literals
      "nul", "nulll", "Null", "NULL", "tru", "True", "TRUE", "truee", "fals", "False", "falsee", "none", "undefined",
      "nan", "NaN", "Infinity", "-Infinity", "inf", "[nul]", "[tru]", "[fals]", "[nullx]", "[truex]", "[falsex]",
      "[n]", "[t]", "[f]", "[nu ll]", "[true false]", R"({"a":tru})", R"({"a":nul})", R"({"a":falsey})", "x", "[x]",
      "a", "'a'", "`a`", "\xC3\xA9", "[\xC3\xA9]", "*", "[*]", "[<null>]", "\\", "[\\]", "\\u0031", "[\\n]",
      // 4: objects
      "{", "}", "{]", "{,}", R"({"a")", R"({"a":)", R"({"a":})", R"({"a":1)", R"({"a":1,)", R"({"a":1,})",
      R"({"a":1,,"b":2})", R"({,"a":1})", R"({"a" 1})", R"({"a"})", R"({:1})", R"({"a"::1})", R"({"a":1 "b":2})",
      R"({"a","b"})", R"({"a":1:2})", R"({a:1})", R"({'a':1})", R"({1:1})", R"({null:1})", R"({true:1})", R"({[]:1})",
      R"({{}:1})", R"({"a":1]})", R"({"a":1}})", R"({"a":1}{)", R"({"a":1}#)", R"({"a":1}//)", R"({"a":/**/1})",
      R"({"a":1/**/})", R"({"a";1})", R"({"a"=1})", R"({"a":1;"b":2})", R"({{}})", R"({[]})", R"({"a":"b"c})",
      R"({"a"b:1})", R"({"a":1 2})", R"({"\q":1})", "{\"a\n\":1}", "{\"a\":1}\n}",
      // 5: arrays
      "[", "]", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]", "[,]", "[,,]", "[1 2]", "[1;2]", "[1:2]", R"(["a":1])",
      "[1}", "[[1]", "[1]]", "[1]1", "[1],", "[1][2]", "[][]", "[]]", "[}", "[{]}", "[[}]", R"(["a" "b"])", R"(["a"1])",
      R"([1"a"])", "[[]1]", "[1[]]", "[{}1]", "[{}{}]", "[[][]]", "[true[]]", "[null{}]", "[1]x", "[1]\x01",
      // two documents
      "1 2", "{} {}", "[] []", "{}{}", "null null", R"("a" "b")", R"("a""b")", "1,2", "{},{}", "true,",
      // 6: numbers
      "+1", "-", "--1", "- 1", "-a", "01", "-01", "00", "-00", "012", "1.", "-1.", "0.", ".5", "-.5", "1.e1", ".e1",
      "1e", "1e+", "1e-", "1E", "1e1.5", "1e 1", "1 e1", "1. 5", "0x1", "0x", "0b1", "1_000", "1,000.0", "1.2.3",
      "1e1e1", "1e++1", "1e+-1", "1.5.", "1a", "1x", "0a", "1\xC2\xB2", "\xEF\xBC\x91", "[+1]", "[-]", "[01]", "[1.]",
      "[.5]", "[1e]", "[1e+]", "[0x1]", "[1a]", "[-x]", "[1.5e]", "[-01]", "[--1]", "[1+1]", "[1-1]", "[0e]", "[0e+]",
      "[2.e3]", "[2.e+3]", "[9.e+]", "[1eE2]", "[0.3e]", "[0.3e+]", "[-2.]", "[0.e1]", "[1/2]", "[1 000]", "[1n]", "[1f]",
      // 7: strings
      "\"", "\"a", "a\"", "\"\"\"", R"("\")", R"("\\\")", R"("\a")", R"("\v")", R"("\0")", R"("\x41")", R"("\'")",
      R"("\U0041")", R"("\u")", R"("\u0")", R"("\u00")", R"("\u004")", R"("\u004g")", R"("\u 041")", R"("\u+041")",
      R"("\u-041")", R"("\u00 1")", R"("\uD83D\u")", R"("\ )", "\"\\\t\"", "\"\\\xC3\xA9\"", R"(["\q"])", R"(["\u12"])",
      R"(["\)", R"(["\u)", R"(["a)", R"(['a'])", R"([“a”])", "\"a\tb\"", "\"a\rb\"", "\"\x01\"", "\"\x1F\"",
      "[\"\x1B\"]", "\"\0\""s, "[\"a\0b\"]"s, "\0"s, "[1\0]"s, "[\0]"s, "1\0"s, "{}\0"s, "\0{}"s,
      // 8.1: not UTF-8
      "\"\x80\"", "\"\xBF\"", "\"\xC0\xAF\"", "\"\xC1\xBF\"", "\"\xC3\"", "\"\xC3(\"", "\"\xE0\x80\xAF\"",
      "\"\xE0\x9F\xBF\"", "\"\xE2\x82\"", "\"\xED\xA0\x80\"", "\"\xED\xBF\xBF\"", "\"\xF0\x80\x80\xAF\"",
      "\"\xF0\x8F\xBF\xBF\"", "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"", "\"\xFE\"",
      "\"\xFF\"", "\"\xE9\"", "[\"\xFF\"]", "{\"\xFF\":1}", "\xFF", "[\xFF]", "\xFF\xFE[\x01", "\"a\xC3",
      // what other notations have
      "// c", "[1] // c", "[1,/* c */2]", "# c", "(1)", "[1,...]", "<a/>", "&1", "*1", "@", "$", "[1,\v2]", "[1,\f2]",
      "[\xC2\xA0]", "\xE2\x80\xA8[]", "[\xEF\xBB\xBF]", "\xE2\x81\xA0[]",
  };
  for (const std::string_view unit : {"[", R"({"a":)", R"([{"a":)", "[["}) {
    std::string bomb;
    while (bomb.size() < 2'000'000) bomb += unit;
    all.push_back(std::move(bomb));
  }
  for (std::size_t size = 1; size <= 130; ++size) all.push_back("\"" + std::string(size, 'x'));
  return all;
}

}  // namespace support
