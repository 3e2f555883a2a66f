// Whatever parses can be written as JSON that parses.
#include "core/yaml.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto documents = linli::yaml::parse({reinterpret_cast<const char*>(data), size});
  if (!documents) return 0;
  for (const linli::json::Value& document : *documents) {
    if (!linli::json::parse(linli::json::write(document))) std::abort();
  }
  return 0;
}
