#include "engine/geo/osm_import.h"

#include <algorithm>
#include <cmath>

#include "core/json.h"
#include "engine/geo/osm_squares.h"
#include "engine/geo/snap.h"

namespace linli::geo {

namespace {

constexpr uint32_t kLongestStreetDm = 1'000'000'000;

// Makes streets of ways: cut at junctions and barriers, and where a node is missing.
class Streets {
 public:
  Streets(const OsmExtract& extract, NetworkData& data)
      : extract_(extract),
        data_(data),
        uses_(extract.at.size(), 0),
        node_(extract.at.size(), kNoNode) {
    for (const OsmWay& way : extract.ways) {
      const auto refs = refs_of(way);
      for (const uint32_t ref : refs) count(ref);
      if (!refs.empty()) count(refs.front()), count(refs.back());
    }
    for (const auto& [ref, uses] : extract.barriers) count(ref), count(ref);
  }

  void add(const OsmWay& way) {
    std::vector<uint32_t> piece;
    for (const uint32_t ref : refs_of(way)) {
      if (extract_.at[ref] == kNowhere) {
        flush(piece, way.rules);
        piece.clear();
        continue;
      }
      if (!piece.empty() && piece.back() == ref) continue;
      piece.push_back(ref);
      if (piece.size() > 1 && (uses_[ref] > 1 || piece.size() > 2000)) {
        flush(piece, way.rules);
        piece = {ref};
      }
    }
    flush(piece, way.rules);
  }

  // A straight crossing of a square.
  void add_line(uint32_t from, uint32_t to, const WayRules& rules) {
    count(from), count(to);
    flush({from, to}, rules);
  }

  // Whether another way leads to a node of this closed one; its first node is counted four times.
  bool is_entry(std::span<const uint32_t> outline, uint32_t ref) const {
    return uses_[ref] > (ref == outline.front() ? 4 : 1);
  }
  std::span<const uint32_t> refs_of(const OsmWay& way) const {
    return std::span(extract_.refs).subspan(way.first_ref, way.ref_count);
  }

 private:
  void count(uint32_t ref) { uses_[ref] = static_cast<uint8_t>(std::min(200, uses_[ref] + 1)); }

  Node new_node(uint32_t ref) {
    data_.nodes.push_back(extract_.at[ref]);
    return static_cast<Node>(data_.nodes.size() - 1);
  }

  // The junction at a node. At a barrier every street has an end of its own, joined to the middle
  // by a street that only those may use who may pass.
  Node end_at(uint32_t ref, StreetKind kind) {
    if (node_[ref] == kNoNode) node_[ref] = new_node(ref);
    const auto barrier = extract_.barriers.find(ref);
    if (barrier == extract_.barriers.end()) return node_[ref];
    const Node own = new_node(ref);
    Street gate;
    gate.ends = {own, node_[ref]};
    gate.uses = barrier->second;
    gate.kind = kind;
    data_.streets.push_back(gate);
    return own;
  }

  void flush(const std::vector<uint32_t>& piece, const WayRules& rules) {
    if (piece.size() < 2) return;
    if (piece.front() == piece.back()) {
      // A ring back to where it began is two streets.
      if (piece.size() < 3) return;
      const auto middle = piece.begin() + static_cast<ptrdiff_t>(piece.size() / 2);
      flush(std::vector<uint32_t>(piece.begin(), middle + 1), rules);
      flush(std::vector<uint32_t>(middle, piece.end()), rules);
      return;
    }
    Street street;
    street.uses = rules.uses;
    street.kind = rules.kind;
    street.speed_kmh = rules.speed_kmh;
    street.first_bend = static_cast<uint32_t>(data_.bends.size());
    street.bend_count = static_cast<uint16_t>(piece.size() - 2);
    double metres = 0;
    for (size_t i = 1; i < piece.size(); ++i) {
      metres += distance_m(extract_.at[piece[i - 1]], extract_.at[piece[i]]);
      if (i + 1 < piece.size()) data_.bends.push_back(extract_.at[piece[i]]);
    }
    street.length_dm = static_cast<uint32_t>(
        std::min<double>(kLongestStreetDm, static_cast<double>(std::lround(metres * 10))));
    street.ends = {end_at(piece.front(), rules.kind), end_at(piece.back(), rules.kind)};
    data_.streets.push_back(street);
  }

  const OsmExtract& extract_;
  NetworkData& data_;
  std::vector<uint8_t> uses_;  // how many ways name the node; an end counts twice
  std::vector<Node> node_;
};

// A building's door: its first entrance, else the middle of its outline.
void add_building(const OsmExtract& extract, const OsmBuilding& building, NetworkData& data) {
  const auto refs = std::span(extract.refs).subspan(building.first_ref, building.ref_count);
  Door door;
  double area = 0;
  double lon = 0;
  double lat = 0;
  bool entered = false;
  for (size_t i = 0; i + 1 < refs.size(); ++i) {
    const Location a = extract.at[refs[i]];
    const Location b = extract.at[refs[i + 1]];
    if (a == kNowhere || b == kNowhere) return;
    const Location o = extract.at[refs[0]];
    area += (static_cast<double>(a.lon) - o.lon) * (static_cast<double>(b.lat) - o.lat) -
            (static_cast<double>(b.lon) - o.lon) * (static_cast<double>(a.lat) - o.lat);
    lon += a.lon;
    lat += a.lat;
    if (!entered &&
        std::binary_search(extract.entrances.begin(), extract.entrances.end(), refs[i])) {
      door.at = a;
      entered = true;
    }
  }
  if (refs.size() < 4) return;
  const double corners = static_cast<double>(refs.size() - 1);
  if (!entered) {
    door.at = {static_cast<int32_t>(lon / corners), static_cast<int32_t>(lat / corners)};
  }
  constexpr double kMetresPerUnit = 0.0111195;
  const double m2 = std::abs(area) / 2 * kMetresPerUnit * kMetresPerUnit *
                    std::cos(door.at.lat * 1e-7 * 0.017453292519943295);
  door.footprint_m2 = static_cast<uint32_t>(std::clamp(m2, 1.0, 1e7));
  door.levels = building.levels;
  door.residential = building.residential ? 1 : 0;
  door.address = building.address;
  data.doors.push_back(door);
}

std::string about(const OsmExtract& extract, std::string_view source) {
  json::Writer out;
  out.begin_object();
  out.member("source", std::string(source));
  out.member("date", extract.date);
  out.member("attribution", "© OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright");
  return out.end_object().take();
}

ImportReport report_on(const OsmExtract& extract, const NetworkData& data) {
  ImportReport report;
  report.ways = extract.ways.size();
  report.streets = data.streets.size();
  report.junctions = data.nodes.size();
  report.nodes_missing =
      static_cast<size_t>(std::count(extract.at.begin(), extract.at.end(), kNowhere));
  const Islands parts = islands(data.view(), Mode::walk);
  for (size_t island = 1; island < parts.streets.size(); ++island) {
    if (parts.streets[island] == 0 || parts.streets[island] >= kMainlandStreets) continue;
    ++report.islands;
    report.island_streets += parts.streets[island];
  }
  report.doors = data.doors.size();
  for (const Door& door : data.doors) {
    if (door.anchor.street == kNoStreet) {
      ++report.doors_far;
    } else if (!parts.is_mainland(data.streets[door.anchor.street].ends[0])) {
      ++report.doors_island;
    }
  }
  return report;
}

}  // namespace

Result<Imported> import_osm(OsmExtract extract, std::string_view source, const Progress& progress) {
  NetworkData data;
  {
    Streets streets(extract, data);
    for (const OsmWay& way : extract.ways) {
      if (!way.area) continue;
      const auto refs = streets.refs_of(way);
      for (const auto& [from, to] : crossings_of(
               refs, extract.at, [&](uint32_t ref) { return streets.is_entry(refs, ref); })) {
        streets.add_line(from, to, way.rules);
      }
    }
    for (const OsmWay& way : extract.ways) streets.add(way);
  }
  for (const OsmBuilding& building : extract.buildings) add_building(extract, building, data);
  for (const OsmAddress& address : extract.addresses) {
    Door door;
    door.at = address.at;
    door.address = address.address;
    data.doors.push_back(door);
  }
  data.texts = std::move(extract.texts);
  data.about = about(extract, source);
  Imported imported;
  imported.network = TRY(build_network(std::move(data), progress));
  imported.report = report_on(extract, imported.network);
  return imported;
}

}  // namespace linli::geo
