// A tile that is read lies on the map, and its address written again is the same tile.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/cell.h"
#include "core/text.h"
#include "domain/maps/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace linli;  // NOLINT: a program of one file
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> parts = text::split(text, '/');
  if (parts.size() < 3) return 0;
  const auto tile = maps::read_tile(parts[0], parts[1], parts[2]);
  if (!tile) return 0;
  if (tile->z > maps::kMostZoom || tile->x >> tile->z != 0 || tile->y >> tile->z != 0) std::abort();
  const cell::Range range = cell::inside(tile->z, tile->x, tile->y);
  if (range.first > range.last || range.last >= int64_t{1} << 2 * cell::kDepth) std::abort();
  const auto again = maps::read_tile(std::to_string(tile->z), std::to_string(tile->x),
                                     std::to_string(tile->y) + ".mvt");
  if (!again || *again != *tile) std::abort();
  return 0;
}
