#include "domain/maps/rules.h"

#include <charconv>
#include <iterator>

#include "domain/registers/api.h"

namespace linli::maps {
namespace {

constexpr std::string_view kSuffix = ".mvt";
constexpr int kLeastSteps = 3;  // 8 cells a side

// A whole number as a tile's address writes it, without signs or zeros in front.
bool read_number(std::string_view text, uint32_t below, uint32_t& number) {
  if (text.empty() || text.size() > 9 || (text.size() > 1 && text[0] == '0')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number < below;
}

}  // namespace

Result<tiles::Tile> read_tile(std::string_view z, std::string_view x, std::string_view file) {
  uint32_t zoom = 0;
  tiles::Tile tile;
  const bool fits = file.ends_with(kSuffix) && read_number(z, kMostZoom + 1, zoom) &&
                    read_number(x, 1U << zoom, tile.x) &&
                    read_number(file.substr(0, file.size() - kSuffix.size()), 1U << zoom, tile.y);
  if (!fits) {
    return refuse(ErrorKind::not_found, "tile.not_found",
                  std::string(z) + "/" + std::string(x) + "/" + std::string(file));
  }
  tile.z = static_cast<int>(zoom);
  return tile;
}

int crowd_depth(int zoom) {
  for (const int depth : registers::kCrowdDepths) {
    if (depth >= zoom + kLeastSteps) return depth;
  }
  return *std::rbegin(registers::kCrowdDepths);
}

}  // namespace linli::maps
