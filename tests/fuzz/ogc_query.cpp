// Boxes and intervals of requests: what is read lies on the earth and in order, in every system.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "domain/gateways/ogc.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace linli;  // NOLINT: a program of one file
  namespace ogc = gateways::ogc;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ogc::Crs crs : {ogc::Crs::crs84, ogc::Crs::epsg4326, ogc::Crs::epsg3857}) {
    const auto box = ogc::read_box(text, crs);
    if (!box) continue;
    if (!(std::abs(box->west) <= 180 && std::abs(box->east) <= 180)) std::abort();
    if (!(box->south <= box->north && box->south >= -90 && box->north <= 90)) std::abort();
    if (box->west > box->east) continue;
    if (cell::cover(box->west, box->south, box->east, box->north).empty()) std::abort();
  }
  const auto interval = ogc::read_interval(text);
  if (interval && interval->from && interval->to && *interval->from > *interval->to) std::abort();
  return 0;
}
