// Whatever parses is written and parsed again to the same value.
#include "core/json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto value = linli::json::parse({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  const std::string text = linli::json::write(*value);
  const auto again = linli::json::parse(text);
  if (!again || linli::json::write(*again) != text) std::abort();
  return 0;
}
