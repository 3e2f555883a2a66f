#include "engine/grids/units.h"

#include <algorithm>
#include <map>

namespace linli::grids {

size_t Units::components() const {
  return component.empty() ? 0 : *std::max_element(component.begin(), component.end()) + 1;
}

Division Units::to_buildings(const std::vector<int32_t>& part_of) const {
  Division division;
  for (const uint32_t unit : unit_of) division.push_back(part_of[unit]);
  return division;
}

std::vector<int32_t> Units::from_buildings(const Division& division) const {
  std::vector<int32_t> part_of(size(), kNone);
  for (size_t i = division.size(); i-- > 0;) part_of[unit_of[i]] = division[i];
  return part_of;
}

Units make_units(const Area& area) {
  Units units;
  std::map<int64_t, uint32_t> of_group;
  uint32_t count = 0;
  for (const Building& building : area.buildings) {
    uint32_t unit = count;
    if (building.group != kNone) unit = of_group.try_emplace(building.group, count).first->second;
    if (unit == count) ++count;
    units.unit_of.push_back(unit);
  }
  for (std::vector<double>* of :
       {&units.households, &units.sum_x, &units.sum_y, &units.sum_squares}) {
    of->assign(count, 0);
  }
  // Coordinates from the middle of the area: squares of national grids would lose all precision.
  double x = 0, y = 0;
  for (const Building& building : area.buildings) {
    x += building.x / static_cast<double>(area.buildings.size());
    y += building.y / static_cast<double>(area.buildings.size());
  }
  for (size_t i = 0; i < area.buildings.size(); ++i) {
    const Building& building = area.buildings[i];
    const uint32_t unit = units.unit_of[i];
    units.households[unit] += building.households;
    units.sum_x[unit] += building.households * (building.x - x);
    units.sum_y[unit] += building.households * (building.y - y);
    units.sum_squares[unit] += building.households * ((building.x - x) * (building.x - x) +
                                                      (building.y - y) * (building.y - y));
  }
  std::vector<std::map<uint32_t, double>> weights(count);
  for (const Neighbours& pair : area.neighbours) {
    const uint32_t a = units.unit_of[pair.a];
    const uint32_t b = units.unit_of[pair.b];
    if (a == b) continue;
    weights[a][b] += pair.weight;
    weights[b][a] += pair.weight;
  }
  for (const auto& of_unit : weights) {
    for (const auto& [to, weight] : of_unit) units.edges.push_back({to, weight});
    units.first.push_back(units.edges.size());
  }
  constexpr uint32_t kUnseen = std::numeric_limits<uint32_t>::max();
  units.component.assign(count, kUnseen);
  uint32_t number = 0;
  for (uint32_t start = 0; start < count; ++start) {
    if (units.component[start] != kUnseen) continue;
    std::vector<uint32_t> todo = {start};
    units.component[start] = number;
    while (!todo.empty()) {
      const uint32_t here = todo.back();
      todo.pop_back();
      for (const Edge& edge : units.of(here)) {
        if (units.component[edge.to] != kUnseen) continue;
        units.component[edge.to] = number;
        todo.push_back(edge.to);
      }
    }
    ++number;
  }
  return units;
}

}  // namespace linli::grids
