#include "engine/geo/snap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace linli::geo {

namespace {

constexpr double kCellM = 125;
constexpr double kMetresPerUnit = 0.0111195;  // of latitude
constexpr double kMostCells = 4e6;

double shorten_at(int32_t lat) {
  return std::max(0.01, std::cos(lat * 1e-7 * std::numbers::pi / 180));
}

struct CellRange {
  uint32_t left, right, bottom, top;
};

uint32_t cell_at(int64_t position, int32_t origin, int32_t cell, uint32_t count) {
  const int64_t at = (position - origin) / cell;
  return static_cast<uint32_t>(std::clamp<int64_t>(at, 0, int64_t{count} - 1));
}

CellRange cells_of(const GridHeader& grid, int64_t west, int64_t east, int64_t south,
                   int64_t north) {
  return {cell_at(west, grid.origin.lon, grid.cell_lon, grid.columns),
          cell_at(east, grid.origin.lon, grid.cell_lon, grid.columns),
          cell_at(south, grid.origin.lat, grid.cell_lat, grid.rows),
          cell_at(north, grid.origin.lat, grid.cell_lat, grid.rows)};
}

GridHeader grid_over(const std::vector<Location>& nodes, const std::vector<Location>& bends) {
  Location low{std::numeric_limits<int32_t>::max(), std::numeric_limits<int32_t>::max()};
  Location high{std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::min()};
  for (const auto* all : {&nodes, &bends}) {
    for (const Location& at : *all) {
      low = {std::min(low.lon, at.lon), std::min(low.lat, at.lat)};
      high = {std::max(high.lon, at.lon), std::max(high.lat, at.lat)};
    }
  }
  const double width = static_cast<double>(high.lon) - low.lon;
  const double height = static_cast<double>(high.lat) - low.lat;
  double lat = kCellM / kMetresPerUnit;
  double lon = lat / shorten_at(low.lat / 2 + high.lat / 2);
  const double cells = (width / lon + 1) * (height / lat + 1);
  if (cells > kMostCells) {
    lat *= std::sqrt(cells / kMostCells);
    lon *= std::sqrt(cells / kMostCells);
  }
  GridHeader grid;
  grid.origin = low;
  grid.cell_lon = static_cast<int32_t>(lon);
  grid.cell_lat = static_cast<int32_t>(lat);
  grid.columns = static_cast<uint32_t>(width / grid.cell_lon) + 1;
  grid.rows = static_cast<uint32_t>(height / grid.cell_lat) + 1;
  return grid;
}

// The cells that a street's segments touch, each once, by the boxes of the segments.
void street_cells(const Network& network, uint32_t street, std::vector<uint32_t>& cells) {
  cells.clear();
  const std::vector<Location> line = network.line_of(street);
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const auto [west, east] = std::minmax(line[i].lon, line[i + 1].lon);
    const auto [south, north] = std::minmax(line[i].lat, line[i + 1].lat);
    const CellRange range = cells_of(network.grid, west, east, south, north);
    for (uint32_t row = range.bottom; row <= range.top; ++row) {
      for (uint32_t column = range.left; column <= range.right; ++column) {
        cells.push_back(row * network.grid.columns + column);
      }
    }
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
}

// The nearest point of a street: on which of its segments, how far along that and how far away.
struct Foot {
  double away2 = std::numeric_limits<double>::max();  // square metres
  uint32_t segment = 0;
  double part = 0;
};

// Metres on a plane around a location.
struct Plane {
  Location at;
  double shorten = 1;
  double x(Location point) const {
    return (static_cast<double>(point.lon) - at.lon) * kMetresPerUnit * shorten;
  }
  double y(Location point) const {
    return (static_cast<double>(point.lat) - at.lat) * kMetresPerUnit;
  }
};

Foot foot_on(const Network& network, uint32_t street, const Plane& plane) {
  Foot best;
  const Street& of = network.streets[street];
  double x0 = plane.x(network.nodes[of.ends[0]]);
  double y0 = plane.y(network.nodes[of.ends[0]]);
  for (uint32_t i = 0; i <= of.bend_count; ++i) {
    const Location to =
        i < of.bend_count ? network.bends[of.first_bend + i] : network.nodes[of.ends[1]];
    const double x1 = plane.x(to);
    const double y1 = plane.y(to);
    const double dx = x1 - x0;
    const double dy = y1 - y0;
    const double length2 = dx * dx + dy * dy;
    const double part = length2 > 0 ? std::clamp(-(x0 * dx + y0 * dy) / length2, 0.0, 1.0) : 0.0;
    const double x = x0 + part * dx;
    const double y = y0 + part * dy;
    if (x * x + y * y < best.away2) best = {x * x + y * y, i, part};
    x0 = x1;
    y0 = y1;
  }
  return best;
}

// How far along its street a foot lies, in tenths of a metre of the stored length.
uint32_t along_dm(const Network& network, uint32_t street, const Foot& foot) {
  const std::vector<Location> line = network.line_of(street);
  double whole = 0;
  double passed = 0;
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const double length = distance_m(line[i], line[i + 1]);
    if (i < foot.segment) passed += length;
    if (i == foot.segment) passed += length * foot.part;
    whole += length;
  }
  const uint32_t length_dm = network.streets[street].length_dm;
  if (whole <= 0) return 0;
  return std::min(length_dm, static_cast<uint32_t>(std::lround(passed / whole * length_dm)));
}

}  // namespace

void make_grid(NetworkData& data) {
  data.grid = grid_over(data.nodes, data.bends);
  const size_t cells = size_t{data.grid.columns} * data.grid.rows;
  const Network network = data.view();
  std::vector<uint32_t> touched;
  data.grid_first.assign(cells + 1, 0);
  for (uint32_t street = 0; street < data.streets.size(); ++street) {
    street_cells(network, street, touched);
    for (const uint32_t cell : touched) ++data.grid_first[cell + size_t{1}];
  }
  std::partial_sum(data.grid_first.begin(), data.grid_first.end(), data.grid_first.begin());
  data.grid_streets.resize(data.grid_first.back());
  std::vector<uint32_t> next(data.grid_first.begin(), data.grid_first.end() - 1);
  for (uint32_t street = 0; street < data.streets.size(); ++street) {
    street_cells(network, street, touched);
    for (const uint32_t cell : touched) data.grid_streets[next[cell]++] = street;
  }
}

Islands islands(const Network& network, Mode mode) {
  std::vector<Node> root(network.nodes.size());
  std::iota(root.begin(), root.end(), Node{0});
  const auto find = [&](Node node) {
    while (root[node] != node) node = root[node] = root[root[node]];
    return node;
  };
  for (const Street& street : network.streets) {
    if ((street.uses & use_bits(mode)) == 0) continue;
    root[find(street.ends[0])] = find(street.ends[1]);
  }
  std::vector<uint32_t> streets_of(root.size(), 0);
  for (const Street& street : network.streets) {
    if ((street.uses & use_bits(mode)) != 0) ++streets_of[find(street.ends[0])];
  }
  Islands found;
  found.of_node.assign(root.size(), 0);
  if (root.empty()) return found;
  const auto mainland = static_cast<Node>(std::max_element(streets_of.begin(), streets_of.end()) -
                                          streets_of.begin());
  std::vector<uint32_t> number(root.size(), kNoNode);
  number[mainland] = 0;
  found.streets.push_back(streets_of[mainland]);
  for (Node node = 0; node < root.size(); ++node) {
    const Node top = find(node);
    if (number[top] == kNoNode) {
      number[top] = static_cast<uint32_t>(found.streets.size());
      found.streets.push_back(streets_of[top]);
    }
    found.of_node[node] = number[top];
  }
  return found;
}

Snapper::Snapper(Network network, Mode mode)
    : network_(network), mode_(mode), islands_(geo::islands(network, mode)) {}

Snapped Snapper::snap(Location at, double limit_m) const {
  if (network_.grid_first.empty()) return {};
  const Plane plane{at, shorten_at(at.lat)};
  std::array<Foot, 2> best{};  // on the mainland, on islands
  std::array<uint32_t, 2> street{kNoStreet, kNoStreet};
  const auto look_within = [&](double radius) {
    const auto lat = static_cast<int64_t>(radius / kMetresPerUnit) + 1;
    const auto lon = static_cast<int64_t>(radius / kMetresPerUnit / plane.shorten) + 1;
    const CellRange range =
        cells_of(network_.grid, at.lon - lon, at.lon + lon, at.lat - lat, at.lat + lat);
    for (uint32_t row = range.bottom; row <= range.top; ++row) {
      for (uint32_t column = range.left; column <= range.right; ++column) {
        const size_t cell = size_t{row} * network_.grid.columns + column;
        for (uint32_t i = network_.grid_first[cell]; i < network_.grid_first[cell + 1]; ++i) {
          const uint32_t candidate = network_.grid_streets[i];
          const Street& of = network_.streets[candidate];
          if ((of.uses & use_bits(mode_)) == 0) continue;
          const Foot foot = foot_on(network_, candidate, plane);
          const size_t side = islands_.is_mainland(of.ends[0]) ? 0 : 1;
          if (foot.away2 > limit_m * limit_m || foot.away2 >= best[side].away2) continue;
          best[side] = foot;
          street[side] = candidate;
        }
      }
    }
  };
  // Near first; wider only while nothing of the mainland is as near as what was looked at.
  const double near = std::min(60.0, limit_m);
  look_within(near);
  if (best[0].away2 > near * near && near < limit_m) look_within(limit_m);
  const size_t side = street[0] != kNoStreet || street[1] == kNoStreet ? 0 : 1;
  if (street[side] == kNoStreet) return {};
  return {{street[side], along_dm(network_, street[side], best[side]),
           static_cast<uint32_t>(std::lround(std::sqrt(best[side].away2) * 10))},
          side == 1};
}

}  // namespace linli::geo
