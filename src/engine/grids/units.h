// An area as the search sees it: what must stay together is one unit of a graph.
#pragma once

#include <span>

#include "engine/grids/types.h"

namespace linli::grids {

struct Edge {
  uint32_t to = 0;
  double weight = 0;
};

struct Units {
  std::vector<uint32_t> unit_of;  // by building
  std::vector<double> households;
  std::vector<double> sum_x;  // of households × metres, for centres
  std::vector<double> sum_y;
  std::vector<double> sum_squares;
  std::vector<size_t> first = {0};
  std::vector<Edge> edges;
  std::vector<uint32_t> component;  // by unit: connected parts of the area, from 0

  size_t size() const { return households.size(); }
  std::span<const Edge> of(size_t unit) const {
    return {edges.data() + first[unit], first[unit + 1] - first[unit]};
  }
  size_t components() const;
  Division to_buildings(const std::vector<int32_t>& part_of) const;
  // The grid of each unit: that of its first building.
  std::vector<int32_t> from_buildings(const Division& division) const;
};

Units make_units(const Area& area);

}  // namespace linli::grids
