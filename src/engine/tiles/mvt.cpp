#include "engine/tiles/mvt.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <protozero/pbf_writer.hpp>

#include "engine/tiles/mercator.h"

namespace linli::tiles {
namespace {

// Field numbers of the specification's vector_tile.proto.
constexpr protozero::pbf_tag_type kTileLayer = 3;
constexpr protozero::pbf_tag_type kLayerName = 1, kLayerFeature = 2, kLayerKey = 3, kLayerValue = 4,
                                  kLayerExtent = 5, kLayerVersion = 15;
constexpr protozero::pbf_tag_type kFeatureId = 1, kFeatureTags = 2, kFeatureType = 3,
                                  kFeatureGeometry = 4;
constexpr protozero::pbf_tag_type kValueText = 1, kValueDouble = 3, kValueWhole = 4;
constexpr uint32_t kPoint = 1, kLine = 2, kPolygon = 3;
constexpr uint32_t kMoveToOne = 9, kLineTo = 2, kClose = 15;

struct Dot {
  int32_t x = 0;
  int32_t y = 0;
  friend bool operator==(const Dot&, const Dot&) = default;
};

// Tile coordinates, not yet rounded.
std::vector<Spot> to_tile(Tile tile, const std::vector<Position>& ring) {
  const double side = std::ldexp(1.0, tile.z);
  std::vector<Spot> spots;
  for (const Position& position : ring) {
    const Spot spot = project(position);
    spots.push_back({(spot.x * side - tile.x) * kExtent, (spot.y * side - tile.y) * kExtent});
  }
  return spots;
}

// What of a ring lies on one side of a line (Sutherland and Hodgman 1974); `at` is the coordinate
// that counts, `sign` 1 keeps what is below `limit`, -1 what is above.
std::vector<Spot> cut(const std::vector<Spot>& ring, double Spot::*at, double limit, double sign) {
  std::vector<Spot> kept;
  const auto inside = [&](const Spot& spot) { return sign * (spot.*at - limit) <= 0; };
  for (size_t i = 0; i < ring.size(); ++i) {
    const Spot& here = ring[i];
    const Spot& next = ring[(i + 1) % ring.size()];
    if (inside(here)) kept.push_back(here);
    if (inside(here) == inside(next)) continue;
    const double share = (limit - here.*at) / (next.*at - here.*at);
    kept.push_back({here.x + share * (next.x - here.x), here.y + share * (next.y - here.y)});
  }
  return kept;
}

std::vector<Dot> rounded(const std::vector<Spot>& spots) {
  std::vector<Dot> dots;
  for (const Spot& spot : spots) {
    const Dot dot{static_cast<int32_t>(std::lround(spot.x)),
                  static_cast<int32_t>(std::lround(spot.y))};
    if (dots.empty() || dot != dots.back()) dots.push_back(dot);
  }
  return dots;
}

std::vector<Dot> rounded_ring(const std::vector<Spot>& ring) {
  std::vector<Dot> dots = rounded(ring);
  while (dots.size() > 1 && dots.back() == dots.front()) dots.pop_back();
  return dots;
}

// The parts of a line between two limits of a coordinate.
std::vector<std::vector<Spot>> cut_line(const std::vector<Spot>& line, double Spot::*at, double low,
                                        double high) {
  std::vector<std::vector<Spot>> parts;
  bool open = false;
  const auto between = [&](const Spot& a, const Spot& b, double limit) {
    const double share = (limit - a.*at) / (b.*at - a.*at);
    return Spot{a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
  };
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    Spot from = line[i], to = line[i + 1];
    if (std::max(from.*at, to.*at) < low || std::min(from.*at, to.*at) > high) {
      open = false;
      continue;
    }
    bool leaves = false;
    for (const double limit : {low, high}) {
      const double sign = limit == low ? 1 : -1;
      if (sign * (line[i].*at - limit) < 0) from = between(line[i], line[i + 1], limit);
      if (sign * (line[i + 1].*at - limit) < 0) {
        to = between(line[i], line[i + 1], limit);
        leaves = true;
      }
    }
    if (!open) parts.push_back({from});
    parts.back().push_back(to);
    open = !leaves;
  }
  return parts;
}

int64_t twice_area(const std::vector<Dot>& ring) {
  int64_t sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const Dot& a = ring[i];
    const Dot& b = ring[(i + 1) % ring.size()];
    sum += int64_t{a.x} * b.y - int64_t{b.x} * a.y;
  }
  return sum;
}

// Commands and steps from dot to dot.
class Geometry {
 public:
  void point(Dot dot) {
    numbers_.push_back(kMoveToOne);
    step_to(dot);
  }
  void line(const std::vector<Dot>& dots) {
    if (dots.size() < 2) return;
    point(dots[0]);
    numbers_.push_back(kLineTo | static_cast<uint32_t>(dots.size() - 1) << 3);
    for (size_t i = 1; i < dots.size(); ++i) step_to(dots[i]);
  }
  void ring(std::vector<Dot> dots) {
    const int64_t area = twice_area(dots);
    if (dots.size() < 3 || area == 0) return;
    if (area < 0) std::reverse(dots.begin(), dots.end());  // outer rings turn with the clock
    point(dots[0]);
    numbers_.push_back(kLineTo | static_cast<uint32_t>(dots.size() - 1) << 3);
    for (size_t i = 1; i < dots.size(); ++i) step_to(dots[i]);
    numbers_.push_back(kClose);
  }
  const std::vector<uint32_t>& numbers() const { return numbers_; }

 private:
  void step_to(Dot dot) {
    numbers_.push_back(protozero::encode_zigzag32(dot.x - last_.x));
    numbers_.push_back(protozero::encode_zigzag32(dot.y - last_.y));
    last_ = dot;
  }
  std::vector<uint32_t> numbers_;
  Dot last_;
};

Geometry geometry_of(Tile tile, const Feature& feature) {
  Geometry geometry;
  constexpr double kLow = -kMargin, kHigh = kExtent + kMargin;
  for (const auto& ring : feature.rings) {
    std::vector<Spot> spots = to_tile(tile, ring);
    if (feature.shape == Shape::point) {
      // A point belongs to one tile alone.
      for (const Spot& spot : spots) {
        const bool here = spot.x >= 0 && spot.x < kExtent && spot.y >= 0 && spot.y < kExtent;
        if (here) geometry.point(rounded({spot})[0]);
      }
      continue;
    }
    if (feature.shape == Shape::line) {
      for (const auto& part : cut_line(spots, &Spot::x, kLow, kHigh)) {
        for (const auto& piece : cut_line(part, &Spot::y, kLow, kHigh)) {
          geometry.line(rounded(piece));
        }
      }
      continue;
    }
    for (double Spot::*at : {&Spot::x, &Spot::y}) {
      spots = cut(cut(spots, at, kHigh, 1), at, kLow, -1);
    }
    geometry.ring(rounded_ring(spots));
  }
  return geometry;
}

// The keys or values of a layer, each once.
template <class Word>
class Words {
 public:
  uint32_t number(const Word& word) {
    const auto [found, fresh] = of_.try_emplace(word, static_cast<uint32_t>(all_.size()));
    if (fresh) all_.push_back(&found->first);
    return found->second;
  }
  const std::vector<const Word*>& all() const { return all_; }

 private:
  std::map<Word, uint32_t> of_;
  std::vector<const Word*> all_;
};

constexpr int32_t type_of(Shape shape) {
  return static_cast<int32_t>(shape == Shape::point  ? kPoint
                              : shape == Shape::line ? kLine
                                                     : kPolygon);
}

bool encode_layer(Tile tile, const Layer& layer, std::string& out) {
  protozero::pbf_writer writer(out);
  writer.add_uint32(kLayerVersion, 2);
  writer.add_string(kLayerName, layer.name);
  Words<std::string> keys;
  Words<Tag> values;
  bool any = false;
  for (const Feature& feature : layer.features) {
    const Geometry geometry = geometry_of(tile, feature);
    if (geometry.numbers().empty()) continue;
    any = true;
    std::vector<uint32_t> tags;
    for (const auto& [key, value] : feature.tags) {
      tags.push_back(keys.number(key));
      tags.push_back(values.number(value));
    }
    protozero::pbf_writer one(writer, kLayerFeature);
    one.add_uint64(kFeatureId, feature.id);
    one.add_packed_uint32(kFeatureTags, tags.begin(), tags.end());
    one.add_enum(kFeatureType, type_of(feature.shape));
    one.add_packed_uint32(kFeatureGeometry, geometry.numbers().begin(), geometry.numbers().end());
  }
  for (const std::string* key : keys.all()) writer.add_string(kLayerKey, *key);
  for (const Tag* tag : values.all()) {
    protozero::pbf_writer value(writer, kLayerValue);
    if (const auto* text = std::get_if<std::string>(tag)) value.add_string(kValueText, *text);
    if (const auto* whole = std::get_if<int64_t>(tag)) value.add_int64(kValueWhole, *whole);
    if (const auto* number = std::get_if<double>(tag)) value.add_double(kValueDouble, *number);
  }
  writer.add_uint32(kLayerExtent, kExtent);
  return any;
}

}  // namespace

std::string encode_tile(Tile tile, std::span<const Layer> layers) {
  std::string out;
  protozero::pbf_writer writer(out);
  for (const Layer& layer : layers) {
    std::string encoded;
    if (encode_layer(tile, layer, encoded)) writer.add_message(kTileLayer, encoded);
  }
  return out;
}

}  // namespace linli::tiles
