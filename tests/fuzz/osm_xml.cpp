// OpenStreetMap in XML: what is read becomes a network or is refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/geo/osm_import.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto extract = linli::geo::read_osm_bytes({reinterpret_cast<const char*>(data), size}, "xml",
                                            {.refs = 100'000, .texts = 100'000});
  if (extract) static_cast<void>(linli::geo::import_osm(std::move(*extract), "fuzz", {}));
  return 0;
}
