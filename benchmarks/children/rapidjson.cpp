// An echo with RapidJSON, as its users write it.

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <iostream>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  std::uint64_t count = 0;
  rapidjson::StringBuffer buffer;
  for (std::string line; std::getline(std::cin, line);) {
    rapidjson::Document request;
    request.ParseInsitu(line.data());
    if (request.HasParseError()) return 1;
    buffer.Clear();
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.StartObject();
    writer.Key("proc_req_id");
    writer.Uint64(count++);
    writer.Key("error");
    writer.Null();
    writer.Key("data");
    request["event"].Accept(writer);
    writer.EndObject();
    std::cout.write(buffer.GetString(), static_cast<std::streamsize>(buffer.GetSize())) << '\n' << std::flush;
  }
}
