#include <cmath>
#include <set>

#include <gtest/gtest.h>
#include <protozero/pbf_reader.hpp>

#include "core/json.h"
#include "engine/tiles/mvt.h"
#include "engine/tiles/pmtiles.h"

namespace linli::tiles {
namespace {

Feature square(double west, double south, double side) {
  return {
      7,
      Shape::area,
      {{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}}},
      {{"name", "崆峒区"}, {"code", "620802"}}};
}

struct Read {
  std::string layer;
  uint64_t id = 0;
  uint32_t type = 0;
  std::vector<std::pair<int32_t, int32_t>> dots;
  std::vector<std::string> words;
  uint32_t version = 0, extent = 0;
  int closed = 0;
};

// The last feature of a tile, by another reading of the specification.
Read read(const std::string& bytes) {
  Read found;
  protozero::pbf_reader tile(bytes);
  while (tile.next(3)) {
    protozero::pbf_reader layer = tile.get_message();
    while (layer.next()) {
      if (layer.tag() == 1) {
        found.layer = layer.get_string();
      } else if (layer.tag() == 15) {
        found.version = layer.get_uint32();
      } else if (layer.tag() == 5) {
        found.extent = layer.get_uint32();
      } else if (layer.tag() == 3) {
        found.words.push_back(layer.get_string());
      } else if (layer.tag() == 4) {
        protozero::pbf_reader value = layer.get_message();
        while (value.next(1)) found.words.push_back(value.get_string());
      } else if (layer.tag() == 2) {
        protozero::pbf_reader feature = layer.get_message();
        while (feature.next()) {
          if (feature.tag() == 1) {
            found.id = feature.get_uint64();
          } else if (feature.tag() == 3) {
            found.type = static_cast<uint32_t>(feature.get_enum());
          } else if (feature.tag() == 4) {
            const auto numbers = feature.get_packed_uint32();
            int32_t x = 0, y = 0;
            for (auto at = numbers.begin(); at != numbers.end();) {
              const uint32_t command = *at++;
              if ((command & 7) == 7) ++found.closed;
              if ((command & 7) == 7) continue;
              for (uint32_t count = command >> 3; count > 0; --count) {
                x += protozero::decode_zigzag32(*at++);
                y += protozero::decode_zigzag32(*at++);
                found.dots.emplace_back(x, y);
              }
            }
          } else {
            feature.skip();
          }
        }
      } else {
        layer.skip();
      }
    }
  }
  return found;
}

TEST(Tiles, ThePlaneIsSquareAndNorthIsUp) {
  EXPECT_DOUBLE_EQ(project({0, 0}).x, 0.5);
  EXPECT_DOUBLE_EQ(project({0, 0}).y, 0.5);
  EXPECT_NEAR(project({0, 85.0511287798}).y, 0, 1e-9);
  EXPECT_EQ(project({0, 90}).y, 0);
  const Span span = span_of({106, 35, 107, 36}, 8);
  EXPECT_EQ(span.first_x, 203U);
  EXPECT_EQ(span.last_x, 204U);
  EXPECT_EQ(span.first_y, 100U);
  EXPECT_EQ(span.last_y, 101U);
}

TEST(Tiles, AnAreaIsCutToTheTileAndItsMargin) {
  const std::vector<Layer> layers = {{"county", {square(-90, -45, 90)}}};
  const Read found = read(encode_tile({1, 0, 0}, layers));
  EXPECT_EQ(found.layer, "county");
  EXPECT_EQ(found.id, 7U);
  EXPECT_EQ(found.type, 3U);
  EXPECT_EQ(found.version, 2U);
  EXPECT_EQ(found.extent, 4096U);
  EXPECT_EQ(found.closed, 1);
  EXPECT_EQ(found.words, (std::vector<std::string>{"name", "code", "崆峒区", "620802"}));
  int64_t area = 0;
  for (size_t i = 0; i < found.dots.size(); ++i) {
    const auto [x, y] = found.dots[i];
    const auto [next_x, next_y] = found.dots[(i + 1) % found.dots.size()];
    area += int64_t{x} * next_y - int64_t{next_x} * y;
    EXPECT_GE(x, 2048);
    EXPECT_LE(x, kExtent + kMargin);
    EXPECT_LE(y, kExtent + kMargin);
  }
  EXPECT_GT(area, 0) << "outer rings turn with the clock";
}

TEST(Tiles, ALineIsCutToTheTileAndComesBackInParts) {
  // Leaves the tile (0, 0) of zoom 1 to the east and comes back further south.
  const Feature line{
      3, Shape::line, {{{-90, 60}, {90, 60}, {90, 30}, {-90, 30}}}, {{"kind", "path"}}};
  const std::vector<Layer> layers = {{"streets", {line}}};
  const Read found = read(encode_tile({1, 0, 0}, layers));
  EXPECT_EQ(found.type, 2U);
  ASSERT_EQ(found.dots.size(), 4U);
  EXPECT_EQ(found.dots[0].first, 2048);
  EXPECT_EQ(found.dots[1].first, kExtent + kMargin);
  EXPECT_EQ(found.dots[2].first, kExtent + kMargin);
  EXPECT_EQ(found.dots[3].first, 2048);
  EXPECT_EQ(found.dots[0].second, found.dots[1].second);
  EXPECT_EQ(read(encode_tile({3, 0, 0}, layers)).dots.size(), 0U);
}

TEST(Tiles, NumbersStayNumbers) {
  Feature point{1, Shape::point, {{{10, 10}}}, {{"count", int64_t{12}}, {"share", 0.5}}};
  const std::vector<Layer> layers = {{"crowd", {point}}};
  const std::string bytes = encode_tile({0, 0, 0}, layers);
  protozero::pbf_reader tile(bytes);
  ASSERT_TRUE(tile.next(3));
  protozero::pbf_reader layer = tile.get_message();
  int64_t whole = 0;
  double number = 0;
  while (layer.next(4)) {
    protozero::pbf_reader value = layer.get_message();
    ASSERT_TRUE(value.next());
    if (value.tag() == 4)
      whole = value.get_int64();
    else if (value.tag() == 3)
      number = value.get_double();
    else
      value.skip();
  }
  EXPECT_EQ(whole, 12);
  EXPECT_EQ(number, 0.5);
}

TEST(Tiles, NothingInATileIsNoTile) {
  const std::vector<Layer> layers = {{"county", {square(106, 35, 1)}}};
  EXPECT_EQ(encode_tile({3, 0, 0}, layers), "");
  EXPECT_NE(encode_tile({3, 6, 3}, layers), "");
}

TEST(Tiles, APointIsInOneTileOnly) {
  const std::vector<Layer> layers = {{"facility", {{1, Shape::point, {{{0, 0}}}, {}}}}};
  int tiles = 0;
  for (uint32_t x = 0; x < 2; ++x) {
    for (uint32_t y = 0; y < 2; ++y) tiles += encode_tile({1, x, y}, layers).empty() ? 0 : 1;
  }
  EXPECT_EQ(tiles, 1);
  const Read found = read(encode_tile({1, 1, 1}, layers));
  EXPECT_EQ(found.type, 1U);
  EXPECT_EQ(found.dots, (std::vector<std::pair<int32_t, int32_t>>{{0, 0}}));
}

TEST(Tiles, AnAreaSmallerThanAStepIsLeftOut) {
  const std::vector<Layer> layers = {{"estate", {square(106.1, 35.1, 1e-6)}}};
  EXPECT_EQ(encode_tile({5, 25, 12}, layers), "");
}

// The numbers that the specification names.
TEST(Pmtiles, NumbersFollowHilbertCurves) {
  EXPECT_EQ(number_of({0, 0, 0}), 0U);
  EXPECT_EQ(number_of({1, 0, 0}), 1U);
  EXPECT_EQ(number_of({1, 0, 1}), 2U);
  EXPECT_EQ(number_of({1, 1, 1}), 3U);
  EXPECT_EQ(number_of({1, 1, 0}), 4U);
  EXPECT_EQ(number_of({2, 0, 0}), 5U);
  EXPECT_EQ(number_of({12, 3423, 1763}), 19078479U);
  std::set<uint64_t> numbers;
  for (uint32_t x = 0; x < 32; ++x) {
    for (uint32_t y = 0; y < 32; ++y) numbers.insert(number_of({5, x, y}));
  }
  EXPECT_EQ(numbers.size(), 1024U);
  EXPECT_EQ(*numbers.begin(), 341U);
  EXPECT_EQ(*numbers.rbegin(), 1364U);
}

struct Cursor {
  const std::string& bytes;
  size_t at;
  uint64_t varint() {
    uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes[at++]);
      number |= uint64_t{byte & 0x7fU} << shift;
      if ((byte & 0x80U) == 0) return number;
    }
  }
};

uint64_t word(const std::string& bytes, size_t at) {
  uint64_t number = 0;
  for (size_t k = 8; k-- > 0;) number = number << 8 | static_cast<uint8_t>(bytes[at + k]);
  return number;
}

// Finds a tile as a reader of the format does: the root, then a leaf.
std::string tile_in(const std::string& file, uint64_t wanted) {
  size_t at = word(file, 8);
  for (int depth = 0; depth < 3; ++depth) {
    Cursor cursor{file, at};
    const auto count = static_cast<size_t>(cursor.varint());
    std::vector<uint64_t> number(count), run(count), length(count), offset(count);
    for (size_t k = 0; k < count; ++k) number[k] = (k > 0 ? number[k - 1] : 0) + cursor.varint();
    for (uint64_t& of : run) of = cursor.varint();
    for (uint64_t& of : length) of = cursor.varint();
    for (size_t k = 0; k < count; ++k) {
      const uint64_t of = cursor.varint();
      offset[k] = of == 0 ? offset[k - 1] + length[k - 1] : of - 1;
    }
    size_t k = count;
    while (k > 0 && number[k - 1] > wanted) --k;
    if (k == 0) return "";
    --k;
    if (run[k] > 0) {
      return wanted < number[k] + run[k] ? file.substr(word(file, 56) + offset[k], length[k]) : "";
    }
    at = word(file, 40) + offset[k];
  }
  return "";
}

TEST(Pmtiles, EveryTileIsFoundAgain) {
  for (const uint64_t count : {uint64_t{1}, uint64_t{100}, uint64_t{40'000}}) {
    Archive archive{"places", {"county"}, {106, 35, 107, 36}, {}};
    for (uint64_t k = 0; k < count; ++k)
      archive.tiles[k * 3 + 5] = "tile " + std::to_string(k % 900);
    const std::string file = write_pmtiles(archive, 2, 9);
    EXPECT_EQ(file.substr(0, 8), std::string("PMTiles\3"));
    EXPECT_LE(word(file, 8) + word(file, 16), 16384U);
    EXPECT_EQ(word(file, 72), count);
    EXPECT_TRUE(json::parse(file.substr(word(file, 24), word(file, 32))).has_value());
    for (const auto& [number, bytes] : archive.tiles) {
      if (number % 601 != 0 && count > 1000) continue;
      ASSERT_EQ(tile_in(file, number), bytes) << number;
      ASSERT_EQ(tile_in(file, number + 1), "");
    }
  }
}

}  // namespace
}  // namespace linli::tiles
