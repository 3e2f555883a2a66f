#include "engine/geo/network.h"

namespace linli::geo {

std::vector<Location> Network::line_of(uint32_t street) const {
  const Street& of = streets[street];
  std::vector<Location> line{nodes[of.ends[0]]};
  const auto between = bends.subspan(of.first_bend, of.bend_count);
  line.insert(line.end(), between.begin(), between.end());
  line.push_back(nodes[of.ends[1]]);
  return line;
}

Network NetworkData::view() const {
  return {nodes, streets, bends, hierarchy_first, hierarchy_heads, grid, grid_first, grid_streets,
          doors, texts,   about};
}

}  // namespace linli::geo
