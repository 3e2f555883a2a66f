#include "core/xml.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(linli::xml::parse(text));
  const auto again = linli::xml::parse("<x k=\"" + linli::xml::escape(text) + "\"/>");
  static_cast<void>(again);
  return 0;
}
