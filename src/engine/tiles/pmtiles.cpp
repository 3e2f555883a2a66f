#include "engine/tiles/pmtiles.h"

#include <cmath>
#include <unordered_map>

#include "core/json.h"

namespace linli::tiles {
namespace {

constexpr size_t kHeader = 127;
constexpr size_t kRootMost = 16384 - kHeader;  // readers fetch this much at first
constexpr size_t kLeafEntries = 4096;
constexpr char kNotCompressed = 1, kVectorTiles = 1;

struct Entry {
  uint64_t number = 0;
  uint64_t offset = 0;
  uint64_t length = 0;
  uint64_t run = 1;  // tiles in a row with these bytes; 0: a leaf
};

void put_varint(std::string& out, uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<char>(number));
}

template <class Number>
void put(std::string& out, Number number) {  // little end first
  for (size_t byte = 0; byte < sizeof number; ++byte) {
    out.push_back(static_cast<char>(static_cast<uint64_t>(number) >> 8 * byte));
  }
}

std::string directory(const Entry* first, const Entry* last) {
  std::string out;
  put_varint(out, static_cast<uint64_t>(last - first));
  uint64_t before = 0;
  for (const Entry* one = first; one != last; ++one) {
    put_varint(out, one->number - before);
    before = one->number;
  }
  for (const Entry* one = first; one != last; ++one) put_varint(out, one->run);
  for (const Entry* one = first; one != last; ++one) put_varint(out, one->length);
  for (const Entry* one = first; one != last; ++one) {
    const bool follows = one != first && one->offset == one[-1].offset + one[-1].length;
    put_varint(out, follows ? 0 : one->offset + 1);
  }
  return out;
}

struct Directories {
  std::string root;
  std::string leaves;
};

Directories directories_of(const std::vector<Entry>& entries) {
  Directories made;
  const Entry* first = entries.data();
  const Entry* last = first + entries.size();
  made.root = directory(first, last);
  for (size_t step = kLeafEntries; made.root.size() > kRootMost; step *= 2) {
    made.leaves.clear();
    std::vector<Entry> roots;
    for (const Entry* one = first; one < last;
         one += std::min<ptrdiff_t>(last - one, static_cast<ptrdiff_t>(step))) {
      const Entry* end = one + std::min<ptrdiff_t>(last - one, static_cast<ptrdiff_t>(step));
      const std::string leaf = directory(one, end);
      roots.push_back({one->number, made.leaves.size(), leaf.size(), 0});
      made.leaves += leaf;
    }
    made.root = directory(roots.data(), roots.data() + roots.size());
  }
  return made;
}

std::string metadata_of(const Archive& archive) {
  json::Writer out;
  out.begin_object().member("name", archive.name);
  out.key("vector_layers").begin_array();
  for (const std::string& layer : archive.layers) {
    out.begin_object().member("id", layer).key("fields").begin_object().end_object().end_object();
  }
  out.end_array().end_object();
  return out.take();
}

int32_t e7(double degrees) {
  return static_cast<int32_t>(std::lround(degrees * 1e7));
}

}  // namespace

uint64_t number_of(Tile tile) {
  uint64_t number = ((uint64_t{1} << 2 * tile.z) - 1) / 3;  // all tiles of the zooms before
  uint32_t x = tile.x, y = tile.y;
  for (uint32_t half = tile.z == 0 ? 0 : uint32_t{1} << (tile.z - 1); half > 0; half /= 2) {
    const uint32_t right = (x & half) != 0 ? 1 : 0;
    const uint32_t below = (y & half) != 0 ? 1 : 0;
    number += uint64_t{half} * half * ((3 * right) ^ below);
    if (below == 0) {
      if (right == 1) {
        x = half - 1 - (x & (half - 1));
        y = half - 1 - (y & (half - 1));
      }
      std::swap(x, y);
    }
  }
  return number;
}

std::string write_pmtiles(const Archive& archive, int least_zoom, int most_zoom) {
  std::vector<Entry> entries;
  std::string data;
  // Open water and wide areas repeat: the same bytes are kept once.
  std::unordered_map<std::string, std::pair<uint64_t, uint64_t>> kept;
  for (const auto& [number, bytes] : archive.tiles) {
    const auto [at, fresh] = kept.try_emplace(bytes, data.size(), bytes.size());
    if (fresh) data += bytes;
    const auto [offset, length] = at->second;
    Entry* last = entries.empty() ? nullptr : &entries.back();
    if (last != nullptr && last->number + last->run == number && last->offset == offset) {
      ++last->run;
    } else {
      entries.push_back({number, offset, length, 1});
    }
  }
  const Directories made = directories_of(entries);
  const std::string metadata = metadata_of(archive);
  const uint64_t metadata_at = kHeader + made.root.size();
  const uint64_t leaves_at = metadata_at + metadata.size();
  const uint64_t data_at = leaves_at + made.leaves.size();
  std::string out = "PMTiles";
  out.push_back(3);
  for (const uint64_t number :
       {uint64_t{kHeader}, uint64_t{made.root.size()}, metadata_at, uint64_t{metadata.size()},
        leaves_at, uint64_t{made.leaves.size()}, data_at, uint64_t{data.size()},
        uint64_t{archive.tiles.size()}, uint64_t{entries.size()}, uint64_t{kept.size()}}) {
    put(out, number);
  }
  // Not clustered where repeated tiles point backwards.
  out.push_back(kept.size() == entries.size() ? 1 : 0);
  out.push_back(kNotCompressed);
  out.push_back(kNotCompressed);
  out.push_back(kVectorTiles);
  out.push_back(static_cast<char>(least_zoom));
  out.push_back(static_cast<char>(most_zoom));
  const Box& box = archive.bounds;
  for (const double degrees : {box.west, box.south, box.east, box.north}) put(out, e7(degrees));
  out.push_back(static_cast<char>(least_zoom));
  put(out, e7((box.west + box.east) / 2));
  put(out, e7((box.south + box.north) / 2));
  return out + made.root + metadata + made.leaves + data;
}

}  // namespace linli::tiles
